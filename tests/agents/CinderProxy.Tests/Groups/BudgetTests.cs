using Cascade.Agent.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Wire.Rpc;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Groups;

/// <summary>As many orders about groups as may be worked on at once: each of them asks for turns of its members within its own.</summary>
sealed class BudgetTests : WorldTest
{
    const int Budget = 3;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Groups_that_use_up_the_budget_do_not_wait_for_each_other_for_ever()
    {
        var queue = new KeyedQueue(Budget, 64);
        var turns = new Turns(queue, World.Of<Refusals>());
        var (begun, all, done) = (0, new TaskCompletionSource(), 0);

        var orders = Enumerable.Range(0, Budget).Select(group => turns.TakeEachAsync<Member>(
            $"group {group}",
            new RpcContext([]),
            async _ =>
            {
                if (Interlocked.Increment(ref begun) == Budget)
                {
                    all.SetResult();
                }

                // Every place is taken by a group before any comes to its members.
                await all.Task;
                return [new($"{group} a"), new($"{group} b")];
            },
            Member.ReadAsync,
            (_, _) =>
            {
                Interlocked.Increment(ref done);
                return Task.CompletedTask;
            },
            default)).ToList();
        await Task.WhenAll(orders).WaitAsync(Patience);

        Assert.That((done, queue.Inside, queue.Working), Is.EqualTo((2 * Budget, 0, 0)));
    }

    [Test]
    public async Task A_group_keeps_its_turn_while_a_member_has_its_own()
    {
        var queue = new KeyedQueue(Budget, 64);
        var turns = new Turns(queue, World.Of<Refusals>());
        var (entered, leave, second) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        var first = turns.TakeEachAsync<Member>(
            "group",
            new RpcContext([]),
            _ => Task.FromResult<IReadOnlyList<Member>>([new("member")]),
            Member.ReadAsync,
            async (_, _) =>
            {
                entered.SetResult();
                await leave.Task;
                Assert.That(second, Is.False);
            },
            default);
        await entered.Task.WaitAsync(Patience);
        var behind = queue.RunAsync("group", _ => Task.FromResult(second = true));
        var beside = queue.RunAsync("somebody else", _ => Task.FromResult(true));
        Assert.That(await beside.WaitAsync(Patience), Is.True);
        Assert.That((second, queue.Working), Is.EqualTo((false, 1)), "the member's place is the only one that is used");

        leave.SetResult();
        await Task.WhenAll(first, behind).WaitAsync(Patience);

        Assert.That(second, Is.True);
    }

    sealed record Member(string Id) : IResourceRow
    {
        public static Task<Member?> ReadAsync(string id, CancellationToken cancelled) => Task.FromResult<Member?>(new(id));

        public string? DisplayName => null;

        public string Status => "deleting";
    }
}
