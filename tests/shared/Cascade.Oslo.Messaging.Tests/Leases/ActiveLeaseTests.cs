using Cascade.Oslo.Messaging.Tests.Support;

namespace Cascade.Oslo.Messaging.Tests.Leases;

[TestFixture]
public sealed class ActiveLeaseTests
{
    [Test]
    public async Task The_standby_takes_over_when_the_holder_is_killed_and_not_before()
    {
        await using var lane = await Lane.OpenAsync();
        await using var holder = Victim.Start(lane, "lease");
        await holder.SaidAsync("held");
        await using var lease = lane.Transport().CreateLease("one");
        using var stop = new CancellationTokenSource();
        var held = new TaskCompletionSource();
        var running = lease.RunAsync(_ => { held.SetResult(); return Task.CompletedTask; }, stop.Token);
        await Wait.UntilAsync(() => lane.Log.Times(1502) == 1, "it stands by");
        Assert.That(held.Task.IsCompleted, Is.False);

        await holder.KillAsync();

        await held.Task.WaitAsync(Wait.Patience);
        await running;
    }

    [Test]
    public async Task A_holder_that_stands_still_is_followed_and_knows_it_when_it_goes_on()
    {
        await using var lane = await Lane.OpenAsync();
        await using var holder = Victim.Start(lane, "lease");
        await holder.SaidAsync("held");
        await using var lease = lane.Transport().CreateLease("one");
        using var stop = new CancellationTokenSource();
        var held = new TaskCompletionSource();
        var running = lease.RunAsync(
            lost =>
            {
                held.TrySetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
            },
            stop.Token);
        await Wait.UntilAsync(() => lane.Log.Times(1502) == 1, "it stands by");

        var began = TimeProvider.System.GetTimestamp();
        await holder.SignalAsync("STOP");
        await held.Task.WaitAsync(Wait.Patience);
        await TestContext.Out.WriteLineAsync($"followed after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");

        await holder.SignalAsync("CONT");
        await holder.SaidAsync("lost");
        Assert.That(lease.IsHeld, Is.True);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
    }

    [Test]
    public async Task A_lost_connection_cancels_the_holder_before_another_copy_begins()
    {
        await using var lane = await Lane.OpenAsync();
        await using var lease = lane.Transport().CreateLease("one");
        using var stop = new CancellationTokenSource();
        var active = 0;
        var most = 0;
        var turns = 0;
        var running = lease.RunAsync(
            async lost =>
            {
                most = Math.Max(most, Interlocked.Increment(ref active));
                Interlocked.Increment(ref turns);
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
                }
                finally
                {
                    Interlocked.Decrement(ref active);
                }
            },
            stop.Token);
        await Wait.UntilAsync(() => turns == 1, "it holds");

        await lane.Broker.CtlAsync("close_all_connections", "--vhost", lane.Vhost, "test");

        await Wait.UntilAsync(() => turns == 2, "it holds again");
        Assert.That(most, Is.EqualTo(1));
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
        Assert.That(lease.IsHeld, Is.False);
    }

    [Test]
    public async Task A_holder_that_is_cut_off_in_silence_stops_before_the_standby_begins()
    {
        await using var lane = await Lane.OpenAsync();
        var network = lane.Network();
        var active = 0;
        var most = 0;
        async Task ActAsync(TaskCompletionSource begun, CancellationToken lost)
        {
            most = Math.Max(most, Interlocked.Increment(ref active));
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, lost);
            }
            finally
            {
                Interlocked.Decrement(ref active);
            }
        }

        using var stop = new CancellationTokenSource();
        await using var first = lane.Transport(options => options with { Hosts = [new("127.0.0.1", network.Port)] }).CreateLease("one");
        await using var second = lane.Transport().CreateLease("one");
        var (firstHas, secondHas) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = first.RunAsync(lost => ActAsync(firstHas, lost), stop.Token);
        await firstHas.Task.WaitAsync(Wait.Patience);
        var standing = second.RunAsync(lost => ActAsync(secondHas, lost), stop.Token);
        await Wait.UntilAsync(() => lane.Log.Times(1502) == 1, "the second stands by");

        network.GoSilent();

        // The broker needs three silent looks.
        await secondHas.Task.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.That((most, first.IsHeld, second.IsHeld), Is.EqualTo((1, false, true)));
        await stop.CancelAsync();
        network.Heal();
        Assert.CatchAsync<OperationCanceledException>(() => running);
        Assert.CatchAsync<OperationCanceledException>(() => standing);
    }

    [Test]
    public async Task What_ends_by_itself_ends_the_lease_and_its_failure_is_told()
    {
        await using var lane = await Lane.OpenAsync();
        await using var lease = lane.Transport().CreateLease("one");

        Assert.ThrowsAsync<InvalidDataException>(() => lease.RunAsync(_ => throw new InvalidDataException("broken"), CancellationToken.None));
    }
}
