using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Usage;

/// <summary>What is told of an instance for a period: the payload of <c>compute.instance.exists</c> (nova/notifications/base.py: info_from_instance; compute/utils.py: notify_usage_exists).</summary>
internal static class InstanceUsage
{
    /// <summary>Fields that go as they are.</summary>
    static readonly string[] Plain =
    [
        "user_id", "display_name", "reservation_id", "hostname", "instance_type_id", "architecture", "host", "node", "availability_zone", "os_type", "kernel_id",
        "ramdisk_id", "access_ip_v4", "access_ip_v6",
    ];

    const string ImagePrefix = "image_";

    /// <exception cref="FormatException">It came without its flavor, or with a time that is none.</exception>
    public static JsonObject Of(VersionedObject instance, DateTimeOffset begin, DateTimeOffset end)
    {
        var flavor = instance.Object("flavor") ?? throw new FormatException($"instance {instance.Text("uuid")} came without its flavor");
        var usage = new JsonObject();
        foreach (var field in Plain)
        {
            usage[field] = instance.Data[field]?.DeepClone();
        }

        usage["tenant_id"] = instance.Text("project_id");
        usage["instance_id"] = instance.Text("uuid");
        usage["instance_type"] = flavor.Text("name") ?? "";
        usage["instance_flavor_id"] = flavor.Text("flavorid") ?? "";
        usage["memory_mb"] = flavor.Number("memory_mb");
        usage["disk_gb"] = (flavor.Number("root_gb") ?? 0) + (flavor.Number("ephemeral_gb") ?? 0);
        usage["vcpus"] = flavor.Number("vcpus");
        usage["root_gb"] = flavor.Number("root_gb");
        usage["ephemeral_gb"] = flavor.Number("ephemeral_gb");
        usage["cell_name"] = instance.Text("cell_name") ?? "";
        // Python's str of a time that knows its zone, which the others are not written with.
        usage["created_at"] = Time(instance, "created_at", "yyyy-MM-dd HH:mm:ss+00:00") ?? "None";
        usage["terminated_at"] = Time(instance, "terminated_at", Strtime) ?? "";
        usage["deleted_at"] = Time(instance, "deleted_at", Strtime) ?? "";
        usage["launched_at"] = Time(instance, "launched_at", Strtime) ?? "";
        // No request, so no catalog: natively the id stands for the address then.
        usage["image_ref_url"] = instance.Text("image_ref");
        usage["state"] = instance.Text("vm_state");
        usage["state_description"] = instance.Text("task_state") ?? "";
        usage["progress"] = instance.Number("progress") is { } progress and not 0 ? progress : "";
        usage["metadata"] = instance.Data["metadata"]?.DeepClone() ?? new JsonObject();
        usage["image_meta"] = ImageMeta(instance);
        usage["audit_period_beginning"] = Naive(begin);
        usage["audit_period_ending"] = Naive(end);
        return usage;
    }

    /// <summary>nova/utils.py: strtime.</summary>
    public const string Strtime = "yyyy-MM-dd'T'HH:mm:ss.ffffff";

    static JsonObject ImageMeta(VersionedObject instance) => new((instance.Data["system_metadata"] as JsonObject ?? [])
        .Where(item => item.Key.StartsWith(ImagePrefix, StringComparison.Ordinal))
        .Select(item => KeyValuePair.Create(item.Key[ImagePrefix.Length..], item.Value?.DeepClone())));

    static string? Time(VersionedObject instance, string field, string format) => instance.Text(field) is { Length: > 0 } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime.ToString(format, CultureInfo.InvariantCulture)
        : null;

    static string Naive(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
