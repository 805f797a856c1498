extension Migration {
    /// What the queue is narrowed and ordered by: both states of a request, the band of grades, and
    /// the school's number, whose first digits are its district's.
    ///
    /// Every order has an index that holds what the list is narrowed by, so that whatever is left out
    /// is left out without a look at its row. Lines that were there before are derived anew at the
    /// next start.
    static let m033QueueFilters = Self(number: 33, name: "queue filters") { _ in
        """
        ALTER TABLE worklist ADD COLUMN asking_state TEXT NOT NULL DEFAULT '';
        ALTER TABLE worklist ADD COLUMN asking_assignee TEXT NOT NULL DEFAULT '';
        ALTER TABLE worklist ADD COLUMN band TEXT NOT NULL DEFAULT 'other'
            CHECK (band IN ('elementary', 'middle', 'high', 'other'));
        ALTER TABLE worklist ADD COLUMN place BIGINT NOT NULL DEFAULT 9223372036854775807;

        DROP INDEX worklist_by_age;
        DROP INDEX worklist_by_due;
        DROP INDEX worklist_by_law;
        DROP INDEX worklist_counts;
        DROP INDEX worklist_assigned_by_age;
        DROP INDEX worklist_assigned_counts;
        CREATE INDEX worklist_by_age ON worklist(state, priority, since, id,
            stage, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_due ON worklist(state, due, since, id,
            priority, stage, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_law ON worklist(state, law, since, id,
            priority, stage, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_place ON worklist(state, place, since, id,
            priority, stage, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_counts ON worklist(state, is_told, why, is_unreachable,
            priority, stage, assignee, band, since);
        CREATE INDEX worklist_assigned_by_age ON worklist(state, assignee, priority, since, id,
            stage, why, is_told, is_unreachable, band);
        CREATE INDEX worklist_assigned_counts ON worklist(state, assignee, is_told, why,
            is_unreachable, priority, stage, band, since);
        CREATE INDEX worklist_of_holder_by_place ON
            worklist(holder, is_waiting, place, since, id);

        CREATE INDEX worklist_asked_by_age ON worklist(asking_state, priority, since, id,
            stage, why, is_told, is_unreachable, asking_assignee, band);
        CREATE INDEX worklist_asked_by_due ON worklist(asking_state, due, since, id,
            priority, stage, why, is_told, is_unreachable, asking_assignee, band);
        CREATE INDEX worklist_asked_by_law ON worklist(asking_state, law, since, id,
            priority, stage, why, is_told, is_unreachable, asking_assignee, band);
        CREATE INDEX worklist_asked_by_place ON worklist(asking_state, place, since, id,
            priority, stage, why, is_told, is_unreachable, asking_assignee, band);
        CREATE INDEX worklist_asked_counts ON worklist(asking_state, is_told, why,
            is_unreachable, priority, stage, asking_assignee, band, since);
        """
    }
}
