using Cascade.NovaProxy.Hosts;

namespace NovaProxy.Tests.Hosts;

sealed class UptimeTest
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 10, 0, 0, TimeSpan.Zero);

    // nova/api/openstack/compute/hypervisors.py: _get_uptime's callers take it apart by this pattern.
    [TestCase(0, " 10:00:00 up  0:00,  0 users,  load average: 0.00, 0.00, 0.00")]
    [TestCase(3600 + 120, " 11:02:00 up  1:02,  0 users,  load average: 0.00, 0.00, 0.00")]
    [TestCase(86400, " 10:00:00 up 1 day,  0:00,  0 users,  load average: 0.00, 0.00, 0.00")]
    [TestCase(40 * 86400, " 10:00:00 up 40 days,  0:00,  0 users,  load average: 0.00, 0.00, 0.00")]
    public void Uptime_reads_as_from_the_command(int seconds, string line) =>
        Assert.That(GetHostUptimeHandler.Line(Start.AddSeconds(seconds), Start), Is.EqualTo(line));
}
