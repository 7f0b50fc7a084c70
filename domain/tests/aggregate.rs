//! cqrs-es sees the same organization: its `handle` answers what `decide` answers.

mod common;

use common::commands::{remove, transfer_to};
use common::given::{acme, left, transferred};
use common::people::{ANA, BEN, CLEO};
use common::story::Story;
use cqrs_es::test::TestFramework;
use domain::{Organization, OrganizationCommand as C, Refusal};

#[tokio::test]
async fn the_aggregate_records_what_decide_answers() {
    let acme_of_cqrs_es = || TestFramework::<Organization>::with(()).given(acme());
    let asked = |who, command: C| {
        let given = Story::of(acme()).circumstances(who, &command);
        (command, given)
    };

    let leaving = acme_of_cqrs_es().when_async(asked(CLEO, C::LeaveOrganization)).await;
    leaving.then_expect_events(vec![left(CLEO)]);
    let transferring = acme_of_cqrs_es().when_async(asked(ANA, transfer_to(BEN))).await;
    transferring.then_expect_events(vec![transferred(ANA, BEN)]);
    let removing = acme_of_cqrs_es().when_async(asked(BEN, remove(ANA))).await;
    removing.then_expect_error(Refusal::OwnerCannotBeRemoved);
}
