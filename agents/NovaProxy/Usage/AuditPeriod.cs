using System.Globalization;
using System.Text.RegularExpressions;

namespace Cascade.NovaProxy.Usage;

/// <summary>How often usage is told: <c>hour</c>, <c>day</c>, <c>month</c> or <c>year</c>, in UTC, each with an offset such as <c>month@15</c> (nova/utils.py: last_completed_audit_period).</summary>
internal sealed partial record AuditPeriod(string Unit, int Offset)
{
    /// <summary>nova/conf/base.py: instance_usage_audit_period.</summary>
    public const string Standard = "month";

    /// <summary>The largest offset of each unit: minutes, hours, days, months.</summary>
    static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { ["hour"] = 59, ["day"] = 23, ["month"] = 31, ["year"] = 12 };

    /// <returns>Null for what is none.</returns>
    public static AuditPeriod? Parse(string text)
    {
        if (Written().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var (unit, offset) = (match.Groups["unit"].Value, match.Groups["offset"].Value);
        var number = offset.Length == 0 ? 0 : int.TryParse(offset, CultureInfo.InvariantCulture, out var written) ? written : int.MaxValue;
        return number <= Most[unit] ? new(unit, number) : null;
    }

    /// <summary>The period that ended last before <paramref name="now"/>.</summary>
    public (DateTimeOffset Begin, DateTimeOffset End) LastBefore(DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        var end = Ending(utc);
        if (end >= utc)
        {
            end = Before(end);
        }

        return (new(Before(end), TimeSpan.Zero), new(end, TimeSpan.Zero));
    }

    DateTime Ending(DateTime now) => Unit switch
    {
        "hour" => new(now.Year, now.Month, now.Day, now.Hour, Offset, 0, DateTimeKind.Utc),
        "day" => new(now.Year, now.Month, now.Day, Offset, 0, 0, DateTimeKind.Utc),
        "month" => Day(now.Year, now.Month),
        _ => new(now.Year, Math.Max(1, Offset), 1, 0, 0, 0, DateTimeKind.Utc),
    };

    DateTime Before(DateTime end) => Unit switch
    {
        "hour" => end.AddHours(-1),
        "day" => end.AddDays(-1),
        "month" => end.Month == 1 ? Day(end.Year - 1, 12) : Day(end.Year, end.Month - 1),
        _ => end.AddYears(-1),
    };

    /// <summary>In a month that is shorter, its last day: native has no day then and audits nothing.</summary>
    DateTime Day(int year, int month) => new(year, month, Math.Clamp(Offset, 1, DateTime.DaysInMonth(year, month)), 0, 0, 0, DateTimeKind.Utc);

    [GeneratedRegex("^(?<unit>hour|month|day|year)(@(?<offset>[0-9]+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
