"""What a year may bring: scenarios and their files, orders, people, shocks."""
