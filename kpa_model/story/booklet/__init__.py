"""The booklet on a page, on a phone, on paper."""
