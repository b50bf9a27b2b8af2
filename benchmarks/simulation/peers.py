"""The reference model in plain Python, Mesa 3 and SimPy, one replicate at a time; and a compiled loop."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.simulation import reference as ref

Figures = tuple[float, float, float, float, float]


def plain(seed: int) -> Figures:
    """Return one replicate in plain Python."""
    rng, books = Random(seed), ref.Books()
    books.people = [ref.new_person(rng) for _ in range(ref.PEOPLE)]
    for month in range(ref.MONTHS):
        jobs = [job for _ in range(ref.enquiries(rng)) if (job := ref.new_job(rng))]
        ref.settle(books, ref.share(jobs, books.people, rng), month)
    return ref.figures(books)


def with_mesa(seed: int) -> Figures:
    """Return one replicate in Mesa 3: people are agents, a month is a step of the model."""
    import mesa

    class Worker(mesa.Agent):
        def __init__(self, model: Any, person: ref.Person) -> None:
            super().__init__(model)
            self.person = person
            self.best = 0

        def look_back(self) -> None:
            self.best = max(self.best, self.person.pay)

    class Cooperative(mesa.Model):
        def __init__(self, seed: int) -> None:
            super().__init__(seed=seed)
            self.books, self.month = ref.Books(), 0
            for _ in range(ref.PEOPLE):
                worker = Worker(self, ref.new_person(self.random))
                self.books.people.append(worker.person)

        def step(self) -> None:
            jobs = [job for _ in range(ref.enquiries(self.random)) if (job := ref.new_job(self.random))]
            ref.settle(self.books, ref.share(jobs, self.books.people, self.random), self.month)
            self.agents.do("look_back")
            self.month += 1

    model = Cooperative(seed)
    for _ in range(ref.MONTHS):
        model.step()
    return ref.figures(model.books)


def with_simpy(seed: int) -> Figures:
    """Return one replicate in SimPy: each enquiry is a process, the month closes as another."""
    import simpy

    rng, books, env = Random(seed), ref.Books(), simpy.Environment()
    books.people = [ref.new_person(rng) for _ in range(ref.PEOPLE)]
    waiting: list[ref.Job] = []

    def enquiry(delay: float) -> Iterator[Any]:
        yield env.timeout(delay)
        job = ref.new_job(rng)
        if job:
            waiting.append(job)

    def months() -> Iterator[Any]:
        for month in range(ref.MONTHS):
            for _ in range(ref.enquiries(rng)):
                env.process(enquiry(rng.random() * 0.99))
            yield env.timeout(1)
            ref.settle(books, ref.share(waiting, books.people, rng), month)
            waiting.clear()

    env.process(months())
    env.run()
    return ref.figures(books)
