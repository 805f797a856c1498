extension Migration {
    /// What the queue is narrowed and ordered by: both states of a request, the band of grades, how
    /// far the line's own school is, and the school's number, whose first digits are its district's.
    ///
    /// Every order has an index that holds what the list is narrowed by, so that whatever is left out
    /// is left out without a look at its row; the indexes of what the state was told held nothing of
    /// it, and are gone. Lines that were there before are derived anew at the next start.
    static let m033QueueFilters = Self(number: 33, name: "queue filters") { _ in
        """
        ALTER TABLE worklist ADD COLUMN requester_state TEXT NOT NULL DEFAULT '';
        ALTER TABLE worklist ADD COLUMN requester_assignee TEXT NOT NULL DEFAULT '';
        ALTER TABLE worklist ADD COLUMN band TEXT NOT NULL DEFAULT 'other'
            CHECK (band IN ('elementary', 'middle', 'high', 'other'));
        ALTER TABLE worklist ADD COLUMN place BIGINT NOT NULL DEFAULT 9223372036854775807;
        ALTER TABLE worklist ADD COLUMN step TEXT NOT NULL DEFAULT 'unopened'
            CHECK (step IN ('unopened', 'opened', 'promised', 'question', 'partlySent',
                'withoutSchool', 'cancelling'));

        DROP INDEX worklist_by_age;
        DROP INDEX worklist_by_due;
        DROP INDEX worklist_by_law;
        DROP INDEX worklist_told_by_age;
        DROP INDEX worklist_told_by_due;
        DROP INDEX worklist_told_by_law;
        DROP INDEX worklist_counts;
        DROP INDEX worklist_assigned_by_age;
        DROP INDEX worklist_assigned_counts;
        CREATE INDEX worklist_by_age ON worklist(state, priority, since, id,
            step, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_due ON worklist(state, due, since, id,
            priority, step, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_law ON worklist(state, law, since, id,
            priority, step, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_by_place ON worklist(state, place, since, id,
            priority, step, why, is_told, is_unreachable, assignee, band);
        CREATE INDEX worklist_counts ON worklist(state, is_told, why, is_unreachable,
            priority, step, assignee, band, since);
        CREATE INDEX worklist_assigned_by_age ON worklist(state, assignee, priority, since, id,
            step, why, is_told, is_unreachable, band);
        CREATE INDEX worklist_assigned_counts ON worklist(state, assignee, is_told, why,
            is_unreachable, priority, step, band, since);
        CREATE INDEX worklist_of_holder_by_place ON
            worklist(holder, is_waiting, place, since, id);

        CREATE INDEX worklist_of_requester_by_age ON worklist(requester_state, priority, since, id,
            step, why, is_told, is_unreachable, requester_assignee, band);
        CREATE INDEX worklist_of_requester_by_due ON worklist(requester_state, due, since, id,
            priority, step, why, is_told, is_unreachable, requester_assignee, band);
        CREATE INDEX worklist_of_requester_by_law ON worklist(requester_state, law, since, id,
            priority, step, why, is_told, is_unreachable, requester_assignee, band);
        CREATE INDEX worklist_of_requester_by_place ON worklist(requester_state, place, since, id,
            priority, step, why, is_told, is_unreachable, requester_assignee, band);
        CREATE INDEX worklist_of_requester_counts ON worklist(requester_state, is_told, why,
            is_unreachable, priority, step, requester_assignee, band, since);
        """
    }
}
