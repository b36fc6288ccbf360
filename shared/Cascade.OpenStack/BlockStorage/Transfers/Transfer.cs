using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A volume offered to whoever has the key (cinder/api/views/transfers.py).</summary>
public sealed record Transfer
{
    public required string Id { get; init; }

    public string? VolumeId { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What accepts it; a secret, and said in the answer to the create alone.</summary>
    public string? AuthKey { get; init; }

    /// <summary>3.55.</summary>
    public bool? NoSnapshots { get; init; }

    /// <summary>3.57.</summary>
    public string? SourceProjectId { get; init; }

    /// <summary>3.57.</summary>
    public string? DestinationProjectId { get; init; }

    /// <summary>3.57.</summary>
    public bool? Accepted { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"transfer {Id} of volume {VolumeId}";
}

/// <summary>What to offer (cinder/api/schemas/volume_transfer.py: create_v355).</summary>
public sealed record TransferCreate
{
    public required string VolumeId { get; init; }

    public string? Name { get; init; }

    /// <summary>The volume alone: its snapshots stay with the project that gives it away.</summary>
    public bool NoSnapshots { get; init; }
}

internal sealed record TransferBody([property: JsonRequired] Transfer Transfer);

internal sealed record TransferPage(List<Transfer>? Transfers, List<PageLink>? TransfersLinks);

internal sealed record TransferCreateBody(TransferCreate Transfer);

internal sealed record TransferAcceptBody(TransferAccept Accept);

internal sealed record TransferAccept(string AuthKey);
