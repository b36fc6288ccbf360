using System.Globalization;
using Cascade.NovaProxy.Usage;

namespace Cascade.NovaProxy.Tests.Usage;

public sealed class AuditPeriodTest
{
    // Each row as nova/utils.py: last_completed_audit_period answers it, but for the two that it cannot.
    [TestCase("hour", "2026-11-27T10:20:30", "2026-11-27T09:00:00", "2026-11-27T10:00:00")]
    [TestCase("hour@30", "2026-11-27T10:20:30", "2026-11-27T08:30:00", "2026-11-27T09:30:00")]
    [TestCase("hour", "2026-11-27T10:00:00", "2026-11-27T08:00:00", "2026-11-27T09:00:00", TestName = "a period that ends now is not over")]
    [TestCase("day", "2026-11-27T10:20:30", "2026-11-26T00:00:00", "2026-11-27T00:00:00")]
    [TestCase("day@18", "2026-11-27T10:20:30", "2026-11-25T18:00:00", "2026-11-26T18:00:00")]
    [TestCase("month", "2026-11-27T10:20:30", "2026-10-01T00:00:00", "2026-11-01T00:00:00")]
    [TestCase("month@15", "2026-11-27T10:20:30", "2026-10-15T00:00:00", "2026-11-15T00:00:00")]
    [TestCase("month@28", "2026-11-27T10:20:30", "2026-09-28T00:00:00", "2026-10-28T00:00:00")]
    [TestCase("month", "2026-01-10T10:20:30", "2025-12-01T00:00:00", "2026-01-01T00:00:00")]
    [TestCase("month@15", "2026-01-10T10:20:30", "2025-11-15T00:00:00", "2025-12-15T00:00:00")]
    [TestCase("month@31", "2026-03-10T10:20:30", "2026-01-31T00:00:00", "2026-02-28T00:00:00", TestName = "a month that has no such day")]
    [TestCase("month@31", "2026-02-28T12:00:00", "2026-01-31T00:00:00", "2026-02-28T00:00:00", TestName = "its last day")]
    [TestCase("year", "2026-11-27T10:20:30", "2025-01-01T00:00:00", "2026-01-01T00:00:00")]
    [TestCase("year@12", "2026-11-27T10:20:30", "2024-12-01T00:00:00", "2025-12-01T00:00:00")]
    public void The_last_period_that_is_over(string period, string now, string begin, string end)
    {
        var (from, to) = AuditPeriod.Parse(period)!.LastBefore(At(now));

        Assert.That((from, to), Is.EqualTo((At(begin), At(end))));
    }

    [TestCase("week"), TestCase("month@"), TestCase("hour@60"), TestCase("day@24"), TestCase("year@13"), TestCase("month@99999999999"), TestCase("")]
    public void What_is_no_period(string text) => Assert.That(AuditPeriod.Parse(text), Is.Null);

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
