"""The pages in the browser: a module a page, which asks questions and names the template that shows them."""
