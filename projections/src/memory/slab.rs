//! Things by number: four bytes refer to what would take forty. The numbers of things taken out are given out again.

pub(super) struct Slab<T> {
    things: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { things: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    pub(super) fn put(&mut self, thing: T) -> u32 {
        if let Some(number) = self.free.pop() {
            self.things[number as usize] = Some(thing);
            return number;
        }
        self.things.push(Some(thing));
        // Four thousand million things would have filled the memory long before.
        (self.things.len() - 1) as u32
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.things.get(number as usize)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.things.get_mut(number as usize)?.as_mut()
    }

    /// Only when nothing refers to the number any more.
    pub(super) fn take(&mut self, number: u32) -> Option<T> {
        let thing = self.things.get_mut(number as usize)?.take();
        if thing.is_some() {
            self.free.push(number);
        }
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_out_again_once_its_thing_is_taken() {
        let mut slab = Slab::default();
        let (ana, ben) = (slab.put("ana"), slab.put("ben"));
        assert_eq!(slab.take(ana), Some("ana"));
        assert_eq!((slab.take(ana), slab.get(ana)), (None, None));
        assert_eq!(slab.put("cleo"), ana);
        assert_eq!((slab.get(ana), slab.get(ben)), (Some(&"cleo"), Some(&"ben")));
    }
}
