"""Pay told: from the order to the payslip, comparisons, what stays in hand."""
