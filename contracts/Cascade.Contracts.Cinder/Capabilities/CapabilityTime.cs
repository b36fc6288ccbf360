using System.Globalization;

namespace Cascade.Contracts.Cinder.Capabilities;

/// <summary>
/// The only form of a time that a scheduler takes: UTC, six digits of a second, no zone. Any other raises, and the report is lost
/// (cinder/scheduler/manager.py: SchedulerManager.update_service_capabilities, datetime.strptime).
/// </summary>
public static class CapabilityTime
{
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
