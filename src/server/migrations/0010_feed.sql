-- What is gone is kept so that tablets hear of it, and after some years is most of what there is: a new tablet, which is shown
-- nothing of it, should not have to read past it.
CREATE INDEX view_feed_here ON view (site_id, scope, seq) WHERE body IS NOT NULL;
CREATE INDEX view_feed_gone ON view (site_id, scope, seq) WHERE body IS NULL;
DROP INDEX view_feed;
