"""Tables that stay where they are: only aggregates and a bounded random sample of rows come here."""
