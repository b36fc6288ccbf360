using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Capabilities;

/// <summary>
/// A total or free capacity in GiB, or one of the two words that schedulers take for it (cinder/scheduler/host_manager.py:
/// BackendState.update_from_volume_capability).
/// </summary>
public readonly record struct Capacity
{
    readonly double gigabytes;
    readonly string? word;

    Capacity(double gigabytes, string? word) => (this.gigabytes, this.word) = (gigabytes, word);

    /// <summary>Never fills.</summary>
    public static Capacity Infinite { get; } = new(0, "infinite");

    /// <summary>Not to be asked for: a filter lets it pass and a weigher puts it last.</summary>
    public static Capacity Unknown { get; } = new(0, "unknown");

    public static Capacity Of(double gigabytes) => new(gigabytes, null);

    /// <summary>Null for a word.</summary>
    public double? Gigabytes => word is null ? gigabytes : null;

    public JsonNode ToJson() => word is null ? gigabytes : word;

    public override string ToString() => word ?? $"{gigabytes} GiB";
}
