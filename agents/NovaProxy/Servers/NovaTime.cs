using System.Globalization;

namespace Cascade.NovaProxy.Servers;

/// <summary>Times as nova's objects write them: seconds, UTC (oslo_utils/timeutils.py: isotime; oslo_versionedobjects/fields.py: DateTime).</summary>
internal static class NovaTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
