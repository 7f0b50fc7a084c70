//! What each role may do, from the domain's one table.

use axum::Json;
use domain::{Permission, Role};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(permissions))
}

/// Every permission.
#[derive(Serialize, ToSchema)]
struct PermissionsBody {
    permissions: Vec<PermissionBody>,
}

/// A permission and who has it.
#[derive(Serialize, ToSchema)]
struct PermissionBody {
    permission: &'static str,
    /// The roles that have it, the lowest first.
    roles: Vec<&'static str>,
}

/// What each role may do, for everybody to read: it is the same in every organization. What every member may do, as reading and
/// leaving, needs no permission.
#[utoipa::path(get, path = "/v1/permissions", tag = "access", security(()),
    responses((status = 200, body = PermissionsBody)))]
async fn permissions() -> Json<PermissionsBody> {
    let permissions = Permission::ALL.into_iter().map(|permission| PermissionBody {
        permission: permission.as_str(),
        roles: Role::ALL.into_iter().filter(|role| role.may(permission)).map(Role::as_str).collect(),
    });
    Json(PermissionsBody { permissions: permissions.collect() })
}
