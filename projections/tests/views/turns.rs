//! Who may move a projection in tables, and that rows and checkpoint move together.

use projections::{PostgresViews, Projection, ProjectionName, ViewsError};

use crate::adapters::Postgres;
use crate::in_tables::database;
use crate::world::World;

#[tokio::test]
async fn a_projector_that_was_replaced_changes_nothing_more() {
    let pool = database().await;
    let views = PostgresViews::new(pool.clone(), pool);
    let of = |epoch| views.projection(ProjectionName::Members, epoch);
    let mut world = World::on::<Postgres>().await;
    world.founds("ana", "acme").await;
    of(1).apply(&world.journal[..1]).await.unwrap();
    of(3).apply(&world.journal[1..]).await.unwrap();
    world.joins("ben", "acme").await;
    let late = of(2).apply(&world.journal).await;
    assert!(matches!(late, Err(ViewsError::Superseded)), "{late:?}");
    assert_eq!(of(2).checkpoint().await.unwrap().position, 2);
    of(3).apply(&world.journal).await.unwrap();
    let checkpoint = of(3).checkpoint().await.unwrap();
    assert_eq!((checkpoint.position, checkpoint.event_id), (3, world.journal[2].event_id()));
}

#[tokio::test]
async fn of_two_who_turn_at_once_each_row_is_written_once() {
    let pool = database().await;
    let mut world = World::on::<Postgres>().await;
    world.founds("ana", "acme").await;
    for n in 0..200 {
        world.joins(&format!("member-{n}"), "acme").await;
    }
    let turn = |step: usize| {
        let projection = PostgresViews::new(pool.clone(), pool.clone()).projection(ProjectionName::Members, 1);
        let journal = world.journal.clone();
        async move {
            let mut done = 0;
            while done < journal.len() {
                let end = (done + step).min(journal.len());
                projection.apply(&journal[..end]).await.unwrap();
                done = end;
            }
        }
    };
    tokio::join!(turn(7), turn(11));
    let members: i64 = sqlx::query_scalar("select count(*) from members").fetch_one(&pool).await.unwrap();
    let totals: i64 = sqlx::query_scalar("select sum(n)::bigint from totals").fetch_one(&pool).await.unwrap();
    assert_eq!((members, totals), (201, 201));
}

#[tokio::test]
async fn a_batch_that_fails_in_the_middle_leaves_rows_and_checkpoint_as_they_were() {
    let pool = database().await;
    let mut world = World::on::<Postgres>().await;
    world.founds("ana", "acme").await;
    // In the way of the row that the batch is about to write.
    sqlx::query("insert into organizations (organization) select $1")
        .bind(crate::world::organization("acme").0)
        .execute(&pool)
        .await
        .unwrap();
    let projection = PostgresViews::new(pool.clone(), pool.clone()).projection(ProjectionName::Members, 1);
    assert!(matches!(projection.apply(&world.journal).await, Err(ViewsError::Unavailable(_))));
    assert_eq!(projection.checkpoint().await.unwrap().position, 0);
    let members: i64 = sqlx::query_scalar("select count(*) from members").fetch_one(&pool).await.unwrap();
    assert_eq!(members, 0);
}
