-- A run takes over what a finished step of another run has already made (src/main/jobs/takeOver/).

ALTER TABLE run ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0 CHECK (fresh IN (0, 1)) /* 1: everything is computed anew */;
ALTER TABLE run_step ADD COLUMN key TEXT /* SHA-256 of all that decides what it makes; NULL: not known, or it was mixed */;
ALTER TABLE run_step ADD COLUMN origin_run INTEGER /* the run that computed it, which may be deleted; NULL: this one */;
ALTER TABLE run_step ADD COLUMN origin_step TEXT;
CREATE INDEX run_step_key ON run_step (key, run_id) WHERE key IS NOT NULL;
