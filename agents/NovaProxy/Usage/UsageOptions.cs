using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Usage;

/// <summary>[DEFAULT] and [notifications], in nova's own words: who is told what servers there were.</summary>
internal sealed record UsageOptions
{
    const string Unversioned = "unversioned";

    /// <summary>Null tells nobody, nova's default.</summary>
    public AuditPeriod? Period { get; init; }

    public static UsageOptions Read(OptionReader reader)
    {
        var group = reader.Group("DEFAULT");
        var wanted = group.Bool(
            "instance_usage_audit",
            false,
            "Send compute.instance.exists for every server that there was in each period, for telemetry; needs [oslo_messaging_notifications] driver.");
        var text = group.Text(
            "instance_usage_audit_period",
            AuditPeriod.Standard,
            "The period: hour, day, month or year (UTC), each with an offset if need be: month@15 begins on the 15th.")!;
        var period = AuditPeriod.Parse(text);
        if (period is null)
        {
            reader.Fault($"[DEFAULT] instance_usage_audit_period = '{text}': write hour, day, month or year, with @ and a number of minutes, hours, days or months if need be");
        }

        var format = reader.Group("notifications").Text(
            "notification_format", Unversioned, "As in the parent's nova.conf. Of the two kinds the unversioned one is sent.", new() { Choices = ["both", Unversioned, "versioned"] });
        if (wanted && format == "versioned")
        {
            reader.Warn("[DEFAULT] instance_usage_audit: compute.instance.exists is an unversioned notification, which [notifications] notification_format = versioned does not want: none is sent");
            wanted = false;
        }

        return new() { Period = wanted ? period : null };
    }
}
