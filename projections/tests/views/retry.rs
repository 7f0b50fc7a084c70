//! Releasing a parked organization once its events can be read.

use domain::OrganizationEvent as E;
use projections::{Entry, PostgresViews, Projection, ProjectionName, Views};

use crate::adapters::Postgres;
use crate::in_tables::database;
use crate::world::{World, all, names, organization, user};

#[tokio::test]
async fn what_waited_is_applied_and_it_goes_on_with_the_others() {
    let mut world = World::on::<Postgres>().await;
    world.founds("ana", "acme").await;
    world.joins("ben", "acme").await;
    world.happens("acme", E::OrganizationRenamed { name: "Later".parse().unwrap() }).await;
    let readable = world.journal[3].clone();
    world.joins("cleo", "acme").await;
    world.founds("dan", "globex").await;
    // To this version the third is a riddle. In one batch with what came before it, which is not lost.
    let (position, id) = (readable.position(), readable.organization());
    let mut delivered = world.journal.clone();
    let place = position as usize - 1;
    delivered[place] = Entry::Poison { position, organization: id, why: "unknown variant".into() };
    let pool = database().await;
    let views = PostgresViews::new(pool.clone(), pool);
    let apply = async |journal: &[Entry]| {
        for name in ProjectionName::ALL {
            views.projection(name, 1).apply(journal).await.unwrap();
        }
    };
    apply(&delivered).await;
    assert_eq!(views.parked().await.unwrap(), [organization("acme")]);
    assert_eq!(views.organizations_of(&user("ben"), 9, None).await.unwrap().total, 1);

    // A version that can read it: the whole history is offered, what is known already changes nothing.
    let history = world.journal.iter().filter_map(|entry| match entry {
        Entry::Event(recorded) if recorded.organization == id => Some(recorded.clone()),
        _ => None,
    });
    let history = history.collect::<Vec<_>>();
    for name in ProjectionName::ALL {
        // Given up in the middle it stays parked.
        drop(views.retry(name, id).await.unwrap().unwrap());
        let mut retry = views.retry(name, id).await.unwrap().unwrap();
        for events in history.chunks(2) {
            retry.add(events).await.unwrap();
        }
        retry.release().await.unwrap();
        assert!(views.retry(name, id).await.unwrap().is_none(), "it is not parked any more");
    }
    assert!(views.parked().await.unwrap().is_empty());
    world.joins("eva", "acme").await;
    apply(&world.journal).await;
    let page = views.members(id, &all()).await.unwrap();
    assert_eq!((names(&page), page.total), (["ana", "ben", "cleo", "eva"].map(String::from).to_vec(), 4));
    let row = &views.organizations_of(&user("cleo"), 9, None).await.unwrap().items[0];
    assert_eq!(row.name.as_str(), "Later");
}
