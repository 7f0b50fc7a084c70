//! What the client has and Roster has not: teams, roles of one's own, signing in and out. 404, and not a word.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn what_there_is_not_is_answered_without_a_word() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let acme = ana.creates("acme").await;
    let before = ana.history("acme").await;
    for (call, arg) in [
        ("organization.createTeam", json!({ "name": "Team", "organizationId": acme })),
        ("organization.updateTeam", json!({ "teamId": "t", "data": { "name": "x" } })),
        ("organization.removeTeam", json!({ "teamId": "t" })),
        ("organization.setActiveTeam", json!({ "teamId": "t" })),
        ("organization.listTeams", json!({ "query": {} })),
        ("organization.listUserTeams", json!({})),
        ("organization.listTeamMembers", json!({ "query": { "teamId": "t" } })),
        ("organization.addTeamMember", json!({ "teamId": "t", "userId": "ben" })),
        ("organization.removeTeamMember", json!({ "teamId": "t", "userId": "ben" })),
        ("organization.createRole", json!({ "role": "boss", "permission": { "member": ["delete"] } })),
        ("organization.updateRole", json!({ "roleName": "boss", "data": {} })),
        ("organization.deleteRole", json!({ "roleName": "boss" })),
        ("organization.listRoles", json!({ "query": {} })),
        ("organization.getRole", json!({ "query": { "roleName": "boss" } })),
        ("organization.addMember", json!({ "userId": "ben", "role": "member", "organizationId": acme })),
        ("signIn.email", json!({ "email": "ana@acme.test", "password": "secret" })),
        ("signUp.email", json!({ "email": "ana@acme.test", "password": "secret", "name": "Ana" })),
        ("signOut", json!({})),
        ("updateUser", json!({ "name": "Ana" })),
        ("deleteUser", json!({ "token": "x" })),
        ("listSessions", json!({ "query": {} })),
        ("fetch:/get-session", json!({ "method": "POST", "body": {} })),
        ("fetch:/organization/remove-member", json!({ "method": "GET" })),
        ("fetch:/organization/list-members", json!({ "method": "POST", "body": {} })),
        ("fetch:/organization/nothing", json!({ "method": "POST", "body": {} })),
    ] {
        let told = ana.client.calls(call, arg).await.refused(404, "");
        assert_eq!(told.error, json!({ "status": 404, "statusText": "Not Found" }), "{told:#?}");
    }
    assert_eq!(ana.history("acme").await, before);
    // The session is what it was.
    assert_eq!(ana.active().await, Some(acme));
    // What the client works out by itself it still does.
    let asked = json!({ "role": "admin", "permissions": { "member": ["delete"] } });
    assert_eq!(ana.asks("checkRolePermission", asked).await.ok(), true);
    assert_eq!(ana.client.calls("fetch:/ok", json!({})).await.ok(), json!({ "ok": true }));
}
