"""Cases of a sandbox as challenges between the people of a cohort."""
