using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.Agent.Tests.Systemd;

sealed class WatchdogTests
{
    [TestCase("30000000", null, 15.0), TestCase("30000000", "own", 15.0), TestCase("30000000", "1", null), TestCase(null, null, null), TestCase("0", null, null), TestCase("x", null, null)]
    public void It_ticks_at_half_of_what_systemd_waits_if_it_waits_for_this_process(string? usec, string? pid, double? seconds)
    {
        var variables = new Variables { ["WATCHDOG_USEC"] = usec, ["WATCHDOG_PID"] = pid == "own" ? Environment.ProcessId.ToString() : pid };

        Assert.That(Watchdog.Interval(variables)?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task Each_half_interval_is_one_notice()
    {
        var time = new FakeTimeProvider();
        var notifier = new Notices();
        using var watchdog = new Watchdog(notifier, time, new Variables { ["WATCHDOG_USEC"] = "20000000" }, NullLogger<Watchdog>.Instance);
        await watchdog.StartAsync(CancellationToken.None);
        await notifier.NextAsync();

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await notifier.NextAsync(), Is.EqualTo("WATCHDOG=1"));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.That(notifier.Waiting, Is.Zero);
        await watchdog.StopAsync(CancellationToken.None);
    }

    sealed class Variables : Dictionary<string, string?>, IEnvironment
    {
        string? IEnvironment.this[string name] => this.GetValueOrDefault(name);
    }

    sealed class Notices : ISystemdNotifier
    {
        readonly System.Threading.Channels.Channel<string> _notices = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public bool IsEnabled => true;

        public int Waiting => _notices.Reader.Count;

        public void Notify(ServiceState state) => _notices.Writer.TryWrite(state.ToString());

        public ValueTask<string> NextAsync() => _notices.Reader.ReadAsync();
    }
}
