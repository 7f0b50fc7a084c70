//! What every journal must do, whatever its database: written once, run on each adapter by `every_contract_test!`.
//!
//! - [`cast`]: the people in the tests, and how to wait; [`crowd`]: many of them at once
//! - [`watched`]: a store that counts, holds back and lies, to test what stands on it
//! - [`order`]: positions, sequences, times, rows; [`immutable`]: history can't be changed
//! - [`groups`]: commands decided together; [`races`]: writers against each other, with a control that must fail
//! - [`twice`]: the same command asked again; [`keys`]: with a key that makes that safe; [`lost`]: outcomes unknown, races lost again and again
//! - [`follow`]: what projections see; [`access`]: the membership check; [`held`]: a person's memberships
//! - [`remembered`]: the membership check of those asked about before, with a control that must fail
//! - [`poison`]: rows that can't be read; [`people`]: what can be erased, [`erasure`]: and is; [`sessions`]: what each looks at
//! - [`webhooks`]: where events are sent, and how far each is
//! - [`past`]: what was, as it is asked for
//! - [`replay`]: two ways to one state

pub mod access;
pub mod cast;
pub mod crowd;
pub mod erasure;
pub mod follow;
pub mod groups;
pub mod held;
pub mod immutable;
pub mod keys;
pub mod lost;
pub mod order;
pub mod past;
pub mod people;
pub mod poison;
pub mod races;
pub mod remembered;
pub mod replay;
pub mod sessions;
pub mod twice;
pub mod watched;
pub mod webhooks;

use std::sync::Arc;

use async_trait::async_trait;
use journal::{Journal, Store};

/// Whose user ids the tests' journals hold.
pub const ISSUER: &str = "https://id.acme.test";

/// An empty database of one kind, gone when dropped.
#[async_trait]
pub trait Database: Send + Sync {
    /// A store on it, for one more writer.
    async fn store(&self) -> Arc<dyn Store>;

    /// Runs SQL behind the journal's back; says how many rows, or why not.
    async fn run(&self, sql: &str) -> Result<u64, String>;

    /// SQL by which events can be deleted, as no journal lets anybody: what a restore of an older backup amounts to.
    fn unguarded(&self) -> &'static str;
}

/// What a test is given.
pub type Fixture = Box<dyn Database>;

/// One more writer on the database.
pub async fn journal(fixture: &Fixture) -> Journal {
    Journal::on(fixture.store().await, ISSUER).await.unwrap()
}

/// Names each test once, so that one forgotten is dead code and does not compile.
macro_rules! every_contract_test {
    ($fresh:path) => {
        crate::contract::contract_tests! { $fresh:
            order {
                positions_and_sequences_have_no_gaps_and_time_never_runs_backwards,
                a_clock_that_is_set_back_does_not_set_time_back,
                what_was_answered_is_what_is_read_back,
                who_acted_and_what_was_noted_is_kept,
                what_is_so_already_records_nothing_and_succeeds,
            }
            immutable {
                an_event_can_be_neither_updated_nor_deleted,
                a_row_out_of_place_is_refused,
                without_its_counter_row_the_journal_fails_loudly_and_inserts_nothing,
                a_batch_that_was_beaten_leaves_nothing_behind,
            }
            groups {
                two_hundred_leaves_of_one_member_are_one,
                sixty_four_members_leave_one_organization_at_once,
                of_two_who_found_the_same_slug_one_is_refused,
                of_two_who_invite_the_same_address_one_is_refused,
                an_invitation_taken_back_blocks_nobody,
                a_slug_given_up_is_free_for_the_next_command,
                a_deleted_organization_frees_its_slug_for_the_next_command,
                what_is_founded_and_deleted_at_once_keeps_no_slug,
                deleting_settles_the_invitations,
            }
            races {
                transfer_against_leave_always_ends_with_one_owner_who_is_a_member,
                without_the_head_check_the_same_race_breaks_the_invariant,
                two_writers_race_for_a_slug_and_nothing_of_the_loser_is_recorded,
            }
            twice {
                a_command_asked_again_has_its_first_outcome,
                asked_by_many_at_once_it_is_carried_out_once,
                the_other_writer_knows_the_outcome_too,
                a_twin_carried_out_between_look_up_and_reading_is_no_refusal,
                what_was_so_already_by_the_other_writers_act_shows_in_the_position,
            }
            lost {
                a_commit_without_an_answer_is_found_and_not_repeated,
                a_batch_lost_before_its_commit_is_written_by_the_second_try,
                events_that_are_sent_again_have_other_ids,
                an_outcome_that_stays_unknown_is_said_to_be_and_can_be_asked_for,
                an_outcome_that_is_unknown_is_not_denied_because_the_next_try_fails,
                a_race_lost_a_few_times_is_won_quietly,
                a_hopeless_command_takes_no_other_with_it,
                a_store_that_fails_fails_its_group_and_not_the_next_one,
            }
            follow {
                whoever_follows_under_contention_misses_nothing,
                a_follower_is_woken_at_once_by_its_own_writer,
                a_follower_notices_what_another_writer_wrote,
                a_follower_can_go_back,
            }
            access {
                nobody_passes_after_an_acknowledged_leave,
                a_check_tells_membership_role_and_head,
                an_organization_that_is_gone_or_never_was_lets_nobody_in,
                several_organizations_are_told_in_the_order_asked,
                many_read_apart_are_of_one_moment_and_not_of_one_before_the_position,
                a_summary_tells_who_owns_it_since_when,
            }
            remembered {
                whoever_was_asked_about_before_is_not_read_again,
                nobody_passes_by_what_was_true_before,
                what_is_asked_by_the_slug_is_right_whoever_has_it_now,
                the_control_without_what_was_recorded_since_lets_the_departed_in,
                what_was_remembered_long_ago_is_read_again,
                another_journal_in_its_place_is_noticed,
                what_was_read_of_a_journal_that_is_lost_lets_nobody_in,
                a_damaged_row_stops_nobody_elsewhere,
                an_event_nobody_knows_ends_what_is_remembered,
                many_who_check_share_one_question,
                among_leaves_and_returns_every_check_is_right,
                a_row_that_only_looks_like_one_of_an_organization_lets_nobody_back_in,
                a_time_that_is_none_stops_nobody_elsewhere,
            }
            poison {
                an_event_nobody_knows_stops_its_organization_and_no_other,
                an_event_about_one_person_stops_that_person_only_also_within_a_group,
                a_membership_that_can_not_be_read_hides_no_other,
                whoever_follows_is_told_where_the_poison_is,
            }
            held {
                memberships_come_oldest_first_and_whoever_rejoins_is_new,
                what_was_left_or_deleted_is_not_held,
                the_last_used_one_is_marked,
                a_membership_is_held_the_moment_it_is_acknowledged,
                a_tenure_is_known_by_its_member_id_also_afterwards,
            }
            keys {
                something_else_under_the_same_key_is_noticed,
                what_changed_nothing_is_remembered_under_its_key,
                what_is_refused_is_not_remembered,
                of_many_at_once_under_one_key_one_is_carried_out_and_all_have_its_outcome,
                a_key_that_was_refused_is_free_for_the_next_of_its_group,
                a_flood_under_one_key_that_is_refused_keeps_nobody_in,
                a_backlog_of_keys_is_forgotten_while_commands_go_on,
                keys_are_forgotten_when_their_time_is_over,
                what_has_changed_since_is_not_changed_unseen,
            }
            sessions {
                each_session_of_a_person_looks_at_its_own_organization,
                of_a_person_with_very_many_sessions_the_oldest_are_forgotten,
            }
            people {
                an_older_token_does_not_undo_a_newer_one,
                somebody_is_found_by_the_beginning_of_name_or_address_in_any_case,
                invitations_are_found_by_address_until_settled,
                settled_addresses_are_forgotten_and_open_ones_kept,
                somebody_known_by_a_verified_address_is_not_invited_again,
            }
            webhooks {
                what_is_registered_is_read_back_and_no_more_than_the_most,
                a_change_made_on_what_has_changed_since_changes_nothing,
                a_webhook_moves_on_from_where_it_was_and_from_nowhere_else,
                an_organization_waits_once_and_until_it_is_released,
                a_former_leader_writes_nothing,
                a_range_is_delivered_again_by_organization,
                what_was_not_delivered_yet_is_not_delivered_again,
                whose_a_webhook_is_is_forgotten_with_them,
                webhooks_of_what_was_deleted_go_once_they_have_said_so,
            }
            past {
                at_every_sequence_the_members_are_what_the_events_come_to,
                a_time_is_the_last_sequence_that_was_recorded_by_then,
                events_are_found_by_type_person_and_actor,
                every_tenure_of_a_person_is_told_with_its_end,
                comings_and_goings_are_counted_by_day,
                an_organization_is_found_by_the_slug_it_had,
            }
            erasure {
                everything_beside_the_journal_goes_and_nothing_of_others,
                what_tokens_say_that_are_older_than_the_erasure_is_not_kept_again,
                what_is_kept_late_of_whoever_was_erased_is_not_kept,
                somebody_is_known_by_an_event_a_row_or_a_mark,
                only_the_address_that_is_theirs_now_is_theirs,
                a_secret_is_made_once,
                two_writers_who_keep_older_claims_meanwhile_bring_nobody_back,
                deleted_only_people_come_back,
                whoever_an_event_can_not_be_read_of_is_not_erased,
            }
            replay {
                the_whole_stream_comes_to_the_same_by_cqrs_es_as_by_folding,
                random_histories_read_in_part_agree_with_the_whole,
            }
        }
    };
}

macro_rules! contract_tests {
    ($fresh:path: $($module:ident { $($test:ident,)* })*) => {
        $(mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                crate::contract::$module::$test(&$fresh().await).await;
            })*
        })*
    };
}

pub(crate) use {contract_tests, every_contract_test};
