using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// What the parent runs, found over RPC: the lowest service version of its conductors (nova/objects/service.py: SERVICE_VERSION_HISTORY).
/// It is asked again every few minutes, because a parent is upgraded under a running agent.
/// </summary>
internal sealed class ParentRelease(IConductor conductor)
{
    /// <summary>The newest that we know the duties of (master of 2026: OWNER_NOVA).</summary>
    public const int Newest = 73;

    /// <summary>The oldest that we serve: Zed.</summary>
    public const int Oldest = 64;

    // 66 is 2023.1 and 2023.2 alike, and only the latter has Instance.compute_id; from 67 on there is no doubt.
    const int SurelyKnowsComputeId = 67;

    volatile int conductorVersion;
    volatile bool sawComputeId;

    /// <summary>The conductor's version, 0 before <see cref="RefreshAsync"/> and when no conductor has a row.</summary>
    public int ConductorVersion => conductorVersion;

    /// <summary>
    /// What our Service row claims: the conductor's version and never more, else <c>upgrade_levels=auto</c> breaks; never less, else
    /// features of the whole cloud go off or other services refuse to start (contract 5.4).
    /// </summary>
    public int ServiceVersion => Math.Min(conductorVersion, Newest);

    /// <summary>True when <c>compute_id</c> goes with <c>node</c> in Instance.save.</summary>
    public bool KnowsComputeId => sawComputeId || conductorVersion >= SurelyKnowsComputeId;

    /// <summary>The scheduler asks for trait OWNER_NOVA once all services are at 73.</summary>
    public bool WantsOwnerTrait => conductorVersion >= 73;

    /// <summary>Notes what an instance as the parent sends it gives away about the parent.</summary>
    public void Saw(VersionedObject instance)
    {
        if (instance.Has("compute_id"))
        {
            sawComputeId = true;
        }
    }

    /// <returns>True when the version is another than before.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancelled)
    {
        var args = new JsonArray("nova-conductor");
        var answer = await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.Service, "get_minimum_version", args, [], cancelled);
        var found = answer?.GetValue<int>() ?? 0;
        var before = Interlocked.Exchange(ref conductorVersion, found);
        return before != found;
    }
}
