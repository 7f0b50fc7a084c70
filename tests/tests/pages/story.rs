//! The story by mouse: a member, an admin and an owner, each on their way out.

use browser::Options;
use tests::Server;
use tests::surfer::{Surfer, plain};

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_member_leaves_from_the_settings_and_lands_in_the_next_organization() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/studio").await;
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    assert_eq!(plain(&chloe.text("dialog h1").await), "Leave Acme & Sons <b>");
    let said = plain(&chloe.text("dialog").await);
    for told in
        ["ends at once", "new invitation", "your own decision", "Chloé Martin-Łukasiewicz (chloe@acme.test)", "Member"]
    {
        assert!(said.contains(told), "{told:?} is missing in {said}");
    }
    assert!(!said.contains("sure"), "{said}");
    chloe.clicks("dialog button.danger").await;
    chloe.eventually_path("/app/studio").await;
    assert_eq!(chloe.notice().await, "You left Acme & Sons <b>");
    scene.chloe.checks("acme").await.refused(403, "not-a-member");
    chloe.reload().await;
    assert!(!chloe.exists(".notice").await, "it is said once");
    chloe.opens("/app/select").await;
    assert!(!chloe.page().await.contains("Acme"));
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_leaves_from_the_members_list() {
    let scene = Scene::set().await;
    let ben = Surfer::at(&scene.server, &scene.ben).await;
    ben.opens("/app/acme/members").await;
    ben.clicks_text("Leave organization").await;
    assert!(plain(&ben.text("dialog").await).contains("Admin"));
    ben.clicks("dialog button.danger").await;
    ben.eventually_path("/app/studio").await;
    assert_eq!(ben.notice().await, "You left Acme & Sons <b>");
    ben.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_is_told_why_not_transfers_and_then_leaves() {
    let scene = Scene::set().await;
    let ana = Surfer::at(&scene.server, &scene.ana).await;
    ana.opens("/app/acme/members").await;
    assert!(!ana.page_text().await.contains("Leave organization"));
    ana.opens("/app/acme/settings").await;
    assert!(!ana.page_text().await.contains("Leave organization"));
    assert!(ana.page().await.contains("You are the owner, so you cannot leave"));

    ana.clicks_text("Transfer ownership").await;
    ana.eventually_path("/app/acme/transfer").await;
    ana.clicks(&format!("#choose-{}", scene.ben_id)).await;
    assert_eq!(plain(&ana.text("dialog h1").await), "Make Ben Okafor the owner");
    ana.types("dialog #typed", "acme").await;
    ana.clicks("dialog button.danger").await;
    ana.eventually_text("dialog .failure", "This is not the name").await;
    ana.types("dialog #typed", "Acme & Sons <b>").await;
    ana.clicks("dialog button.danger").await;
    ana.eventually_path("/app/acme/settings").await;
    assert_eq!(ana.notice().await, "Ben Okafor is the owner now, and you are an admin.");

    ana.clicks("#leave").await;
    ana.clicks("dialog button.danger").await;
    ana.eventually_path("/app/third").await;
    assert_eq!(scene.ben.checks("acme").await.expect(200).text("/role"), "owner");
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_deletes_the_organization_by_typing_its_name() {
    let scene = Scene::set().await;
    let ana = Surfer::at(&scene.server, &scene.ana).await;
    ana.opens("/app/acme/settings").await;
    ana.clicks("#delete").await;
    ana.types("dialog #typed", "Acme & Sons <b>").await;
    ana.clicks("dialog button.danger").await;
    ana.eventually_path("/app/third").await;
    assert_eq!(ana.notice().await, "Acme & Sons <b> is deleted.");
    scene.ben.checks("acme").await.refused(403, "not-a-member");
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_the_only_organization_is_invited_to_found_another() {
    let server = Server::start();
    let (ana, eva) = (server.person("ana"), server.person("eva"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &eva, "member").await;
    let eva = Surfer::at(&server, &eva).await;
    eva.opens("/app").await;
    eva.eventually_path("/app/acme").await;
    eva.clicks_text("Settings").await;
    eva.clicks("#leave").await;
    eva.clicks("dialog button.danger").await;
    eva.eventually_path("/app/onboarding").await;
    assert_eq!(eva.notice().await, "You left acme");
    eva.types("#name", "Eva’s Käserei & Co.").await;
    assert_eq!(eva.value("#slug").await, "eva-s-kaserei-co");
    eva.types("#slug", "kaeserei").await;
    eva.clicks("main button.primary").await;
    eva.eventually_path("/app/kaeserei").await;
    assert_eq!(eva.notice().await, "Eva’s Käserei & Co. is founded. You are its owner.");
    eva.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_joins_by_invitation_and_is_given_a_role() {
    let scene = Scene::set().await;
    let mira = Surfer::stranger(&scene.server, Options::default()).await;
    mira.opens("/app").await;
    mira.eventually_path("/sign-in").await;
    mira.types("#user_id", "mira").await;
    mira.types("#name", "Mira Ö").await;
    mira.types("#email", "mira@acme.test").await;
    mira.clicks("button.primary").await;
    mira.eventually_path("/app/select").await;
    mira.clicks("section .card").await;
    mira.clicks_text("Accept and join").await;
    mira.eventually_path("/app/acme").await;
    assert_eq!(mira.notice().await, "Welcome to Acme & Sons <b>");

    let ben = Surfer::at(&scene.server, &scene.ben).await;
    ben.opens("/app/acme/members?search=mira").await;
    assert!(ben.page().await.contains("1 member"));
    ben.chooses(".people select", "Admin").await;
    ben.clicks_text("Change role").await;
    ben.eventually_text(".notice", "The role is changed.").await;
    ben.opens("/app/acme/members?search=mira&role=admin").await;
    assert!(ben.page().await.contains("Mira Ö"));
    ben.clicks(".people a.button").await;
    assert_eq!(plain(&ben.text("dialog h1").await), "Remove Mira Ö");
    ben.clicks("dialog button.danger").await;
    ben.eventually_text(".notice", "is no longer a member").await;

    mira.eventually_path("/app/onboarding").await;
    assert_eq!(mira.notice().await, "That organization does not exist, or you are not a member of it.");
    mira.closes().await;
    ben.closes().await;
}
