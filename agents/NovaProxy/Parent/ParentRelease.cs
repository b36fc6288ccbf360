using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// What the parent runs, found over RPC: the lowest service version of its conductors (nova/objects/service.py: SERVICE_VERSION_HISTORY).
/// It is asked again every few minutes, because a parent is upgraded under a running agent. The rows are read, and the lowest is not asked for: every conductor remembers
/// what it found when it last started, and that was before it had written its own new version (nova/objects/service.py: save, get_minimum_version_multi).
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
        var answer = await conductor.ClassActionAsync(
            RequestIds.Admin(), NovaObjects.ServiceList, "get_by_binary", new("nova-conductor"), new() { ["include_disabled"] = true }, cancelled);
        // As natively, without those an administrator has declared dead (nova/db/main/api.py: service_get_minimum_version).
        var found = VersionedObject.Read(answer).Objects().Where(row => row.Flag("forced_down") != true).Select(row => (int)(row.Number("version") ?? 0)).DefaultIfEmpty(0).Min();
        var before = Interlocked.Exchange(ref conductorVersion, found);
        return before != found;
    }
}
