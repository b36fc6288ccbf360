using System.Text.Json.Nodes;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Details;

/// <summary>What the API changes of a server without asking its compute, as the child should show it.</summary>
internal sealed record ServerDetails(
    string Name,
    string? Description,
    string? Hostname,
    IReadOnlyDictionary<string, string>? Metadata,
    IReadOnlyList<string>? Tags,
    bool Locked,
    string? LockedBy,
    string? LockedReason)
{
    /// <summary>What must be read of a row beside its own columns.</summary>
    public static readonly string[] Attrs = ["metadata", "system_metadata", "tags"];

    public static ServerDetails Of(VersionedObject row, string host, ChildCan can) => new(
        ServerMap.Name(row),
        ServerMap.Description(row),
        ServerMap.Hostname(row.Text("hostname"), can),
        // What the parent did not say is no reason to take anything away.
        row.Has("metadata") ? ServerMap.Metadata(row) ?? [] : null,
        row.Has("tags") ? ServerStamp.Tags(row.Text("uuid")!, host, ServerMap.TagsOf(row)) : null,
        row.Data["locked"] is JsonValue flag && flag.TryGetValue<bool>(out var locked) && locked,
        row.Text("locked_by"),
        (row.Data["system_metadata"] as JsonObject)?["locked_reason"]?.ToString());

    /// <summary>Two that are equal show the same.</summary>
    public string Fingerprint => string.Join(
        '\u001f',
        [
            Name, Description, Hostname, Locked.ToString(), LockedBy, LockedReason, "metadata",
            .. (Metadata ?? EmptyMetadata).OrderBy(item => item.Key, StringComparer.Ordinal).SelectMany(item => new[] { item.Key, item.Value }), "tags",
            .. (Tags ?? []).Order(StringComparer.Ordinal),
        ]);

    static readonly IReadOnlyDictionary<string, string> EmptyMetadata = new Dictionary<string, string>();
}

/// <summary>What of it the child's server lacks; null members are as they should be.</summary>
internal sealed record DetailsGap(ServerUpdate? Update, IReadOnlyDictionary<string, string>? Metadata, IReadOnlyList<string>? Tags, bool? Lock)
{
    public bool IsNothing => this is { Update: null, Metadata: null, Tags: null, Lock: null };

    /// <summary>For the log.</summary>
    public string Words => string.Join(", ", new[]
    {
        Update?.Name is null ? null : "name",
        Update is { Description.IsSet: true } ? "description" : null,
        Update?.Hostname is null ? null : "host name",
        Metadata is null ? null : "metadata",
        Tags is null ? null : "tags",
        Lock switch { true => "locked", false => "unlocked", _ => null },
    }.OfType<string>());

    /// <summary>Metadata that only we may give stays; any other that the parent does not have goes.</summary>
    public static DetailsGap Of(ServerDetails wanted, Server seen) => new(
        UpdateOf(wanted, seen),
        MetadataOf(wanted, seen),
        seen.Tags is null || wanted.Tags is null || wanted.Tags.ToHashSet(StringComparer.Ordinal).SetEquals(seen.Tags) ? null : wanted.Tags,
        seen.Locked is null || seen.Locked == wanted.Locked ? null : wanted.Locked);

    static Dictionary<string, string>? MetadataOf(ServerDetails wanted, Server seen)
    {
        if (wanted.Metadata is null)
        {
            return null;
        }

        var whole = wanted.Metadata.Concat(seen.Metadata.Where(item => ServerStamp.IsStamp(item.Key))).ToDictionary(StringComparer.Ordinal);
        return whole.Count == seen.Metadata.Count && whole.All(item => seen.Metadata.TryGetValue(item.Key, out var value) && value == item.Value) ? null : whole;
    }

    static ServerUpdate? UpdateOf(ServerDetails wanted, Server seen)
    {
        var name = seen.Name == wanted.Name ? null : wanted.Name;
        var described = (seen.Description ?? "") == (wanted.Description ?? "");
        var hostname = seen.Hostname is null || wanted.Hostname is null || seen.Hostname == wanted.Hostname ? null : wanted.Hostname;
        return name is null && described && hostname is null
            ? null
            : new() { Name = name, Description = described ? default : (Settable)wanted.Description, Hostname = hostname };
    }
}
