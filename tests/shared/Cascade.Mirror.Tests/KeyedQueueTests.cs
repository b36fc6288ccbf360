using Cascade.Mirror.Queue;

namespace Cascade.Mirror.Tests;

public sealed class KeyedQueueTests
{
    [Test]
    public async Task One_key_is_served_in_the_order_of_arrival_and_never_twice_at_once()
    {
        var queue = new KeyedQueue(budget: 8, capacity: 2000);
        var order = new List<int>();
        var inside = 0;
        var overlapped = false;
        var all = Enumerable.Range(0, 1000).Select(at => queue.RunAsync("a", async _ =>
        {
            overlapped |= Interlocked.Increment(ref inside) != 1;
            await Task.Yield();
            order.Add(at);
            Interlocked.Decrement(ref inside);
        })).ToList();

        await Task.WhenAll(all);

        Assert.Multiple(() =>
        {
            Assert.That(overlapped, Is.False);
            Assert.That(order, Is.EqualTo(Enumerable.Range(0, 1000)));
            Assert.That(queue.Inside, Is.Zero);
            Assert.That(queue.Working, Is.Zero);
        });
    }

    [Test]
    public async Task Many_keys_run_beside_each_other_up_to_the_budget()
    {
        var queue = new KeyedQueue(budget: 3, capacity: 100);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var three = new CountdownEvent(3);
        var most = 0;
        var now = 0;
        var all = Enumerable.Range(0, 20).Select(at => queue.RunAsync($"k{at}", async _ =>
        {
            var inside = Interlocked.Increment(ref now);
            InterlockedMax(ref most, inside);
            if (!three.IsSet)
            {
                three.Signal();
            }

            await open.Task;
            Interlocked.Decrement(ref now);
        })).ToList();

        Assert.That(three.Wait(TimeSpan.FromSeconds(30)), "three keys at once");
        open.SetResult();
        await Task.WhenAll(all);
        Assert.That(most, Is.EqualTo(3));
    }

    [Test]
    public async Task Who_steps_aside_gives_the_place_to_others_and_keeps_the_key()
    {
        var queue = new KeyedQueue(budget: 1, capacity: 10);
        var copied = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        var build = queue.RunAsync("a", async turn => log.Add(await turn.AsideAsync(_ => copied.Task)));
        var second = queue.RunAsync("a", _ => { log.Add("second"); return Task.CompletedTask; });

        await queue.RunAsync("b", _ => { log.Add("other"); return Task.CompletedTask; });
        copied.SetResult("copied");
        await Task.WhenAll(build, second);

        Assert.That(log, Is.EqualTo(new[] { "other", "copied", "second" }));
    }

    [Test]
    public async Task An_interrupt_ends_what_may_be_ended_and_leaves_the_rest()
    {
        var queue = new KeyedQueue(budget: 2, capacity: 10);
        Turn? seen = null;
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var build = queue.RunAsync(
            "a",
            async turn =>
            {
                seen = turn;
                began.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, turn.Cancelled);
            },
            interruptible: true);
        await began.Task;
        var stop = queue.RunAsync("a", turn => Task.FromResult(turn.Cancelled.IsCancellationRequested));

        Assert.That(queue.Interrupt("a"), Is.EqualTo(1), "the stop is not interruptible");
        Assert.That(async () => await build, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen!.WasInterrupted);
        Assert.That(await stop, Is.False);
        Assert.That(queue.Interrupt("a"), Is.Zero, "nobody is there any more");
    }

    [Test]
    public async Task Who_gives_up_waiting_leaves_no_trace_and_keeps_the_order()
    {
        var queue = new KeyedQueue(budget: 1, capacity: 10);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var impatient = new CancellationTokenSource();
        var ran = new List<string>();
        var first = queue.RunAsync("a", _ => hold.Task);
        var second = queue.RunAsync("a", _ => { ran.Add("second"); return Task.CompletedTask; }, cancelled: impatient.Token);
        var third = queue.RunAsync("a", _ => { ran.Add("third"); return Task.CompletedTask; });
        var other = queue.RunAsync("b", _ => { ran.Add("other"); return Task.CompletedTask; }, cancelled: impatient.Token);

        await impatient.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await other, Throws.InstanceOf<OperationCanceledException>());
        hold.SetResult();
        await Task.WhenAll(first, third);

        Assert.That(ran, Is.EqualTo(new[] { "third" }));
        Assert.That(queue.Inside, Is.Zero);
    }

    [Test]
    public async Task Beyond_the_capacity_it_refuses_instead_of_growing()
    {
        var queue = new KeyedQueue(budget: 1, capacity: 2);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new[] { queue.RunAsync("a", _ => hold.Task), queue.RunAsync("b", _ => hold.Task) };

        Assert.That(async () => await queue.RunAsync("c", _ => Task.CompletedTask), Throws.InstanceOf<QueueFullException>());
        hold.SetResult();
        await Task.WhenAll(held);
        await queue.RunAsync("c", _ => Task.CompletedTask);
    }

    [Test]
    public async Task A_failure_is_the_callers_and_the_key_goes_on()
    {
        var queue = new KeyedQueue(budget: 1, capacity: 10);
        var bad = queue.RunAsync("a", _ => throw new InvalidOperationException("bad"));
        var good = queue.RunAsync("a", _ => Task.FromResult(7));

        Assert.That(async () => await bad, Throws.InvalidOperationException);
        Assert.That(await good, Is.EqualTo(7));
    }

    static void InterlockedMax(ref int most, int value)
    {
        int before;
        while ((before = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, before) != before)
        {
        }
    }
}
