"""The reference model in plain Python, Mesa 3 and SimPy, one replicate at a time, each in the manner of its library.

The laws (who comes, what an order is worth, how a month is settled) are the same functions for all. What differs is
what a person who knows the library would write: agents that act and are collected in Mesa, processes in SimPy.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.simulation import reference as ref

Figures = tuple[float, float, float, float, float]


def plain(seed: int) -> Figures:
    """Return one replicate in plain Python: loops, lists, and nothing else."""
    rng, books = Random(seed), ref.Books()
    books.people = [ref.new_person(rng) for _ in range(ref.PEOPLE)]
    for month in range(ref.MONTHS):
        jobs = [job for _ in range(ref.enquiries(rng)) if (job := ref.new_job(rng))]
        ref.settle(books, ref.share(jobs, books.people, rng), month)
    return ref.figures(books)


def with_mesa(seed: int) -> Figures:
    """Return one replicate in Mesa 3: people and orders are agents, a month is a step, pay is collected every month."""
    import mesa

    class Worker(mesa.Agent):
        def __init__(self, model: Cooperative, person: ref.Person) -> None:
            super().__init__(model)
            self.person = person
            self.call = 0.0

        @property
        def pay(self) -> int:
            return self.person.pay

        def raise_hand(self) -> None:
            self.call = -(self.person.keen + 0.5 * self.random.random())

        def work(self, job: ref.Job, whole: int) -> None:
            self.person.load += job.minutes / whole

    class Order(mesa.Agent):
        def __init__(self, model: Cooperative, job: ref.Job) -> None:
            super().__init__(model)
            self.job = job

        def find_team(self) -> None:
            model, job = self.model, self.job
            model.asked += job.minutes
            hands = model.hands[job.pole]
            if hands and model.asked <= model.capacity:
                first = model.turns[job.pole]
                team = [hands[(first + at) % len(hands)] for at in range(min(job.team, len(hands)))]
                model.turns[job.pole] += len(team)
                whole = sum(worker.person.available for worker in team)
                for worker in team:
                    worker.work(job, whole)
                model.done.append(job)
            self.remove()

    class Cooperative(mesa.Model):
        def __init__(self, seed: int) -> None:
            super().__init__(seed=seed)
            self.books, self.month = ref.Books(), 0
            for _ in range(ref.PEOPLE):
                self.books.people.append(Worker(self, ref.new_person(self.random)).person)
            self.workers = self.agents_by_type[Worker]
            self.capacity = sum(person.available for person in self.books.people)
            self.collected = mesa.DataCollector(
                model_reporters={"sales": "sales", "fund": "fund"}, agenttype_reporters={Worker: {"pay": "pay"}}
            )

        @property
        def sales(self) -> int:
            return self.books.sales

        @property
        def fund(self) -> int:
            return self.books.fund

        def step(self) -> None:
            self.workers.do("raise_hand")
            called = self.workers.sort("call", ascending=True)
            self.hands = [[each for each in called if pole in each.person.skills] for pole in range(len(ref.POLES))]
            self.turns, self.asked, self.done = [0] * len(ref.POLES), 0, list[ref.Job]()
            for _ in range(ref.enquiries(self.random)):
                job = ref.new_job(self.random)
                if job:
                    Order(self, job)
            if Order in self.agents_by_type:
                self.agents_by_type[Order].do("find_team")
            ref.settle(self.books, self.done, self.month)
            self.collected.collect(self)
            self.month += 1

    model = Cooperative(seed)
    for _ in range(ref.MONTHS):
        model.step()
    return ref.figures(model.books)


def with_simpy(seed: int) -> Figures:
    """Return one replicate in SimPy: an enquiry, the work of a person on an order, and the month are processes."""
    import simpy

    rng, books, env = Random(seed), ref.Books(), simpy.Environment()
    books.people = [ref.new_person(rng) for _ in range(ref.PEOPLE)]
    waiting, done, paid = list[ref.Job](), list[ref.Job](), list[tuple[float, list[int]]]()

    def enquiry(delay: float) -> Iterator[Any]:
        yield env.timeout(delay)
        job = ref.new_job(rng)
        if job:
            waiting.append(job)

    def work(person: ref.Person, job: ref.Job, whole: int) -> Iterator[Any]:
        yield env.timeout(job.minutes * person.available / whole / 60 / 24 / 365)
        person.load += job.minutes / whole

    def order(job: ref.Job, team: list[ref.Person]) -> Iterator[Any]:
        whole = sum(person.available for person in team)
        yield env.all_of([env.process(work(person, job, whole)) for person in team])
        done.append(job)

    def months() -> Iterator[Any]:
        for month in range(ref.MONTHS):
            for _ in range(ref.enquiries(rng)):
                env.process(enquiry(rng.random() * 0.5))
            yield env.timeout(0.5)
            for job, team in ref.teams(waiting, books.people, rng):
                env.process(order(job, team))
            waiting.clear()
            yield env.timeout(0.5)
            ref.settle(books, done, month)
            paid.append((env.now, [person.pay for person in books.people]))
            done.clear()

    env.process(months())
    env.run()
    return ref.figures(books)
