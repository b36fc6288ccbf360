using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>The verbs of a volume.</summary>
/// <param name="cascade">Whether it goes with its snapshots.</param>
internal sealed class VolumeActuator(ChildCloud child, VolumeBook book, string projectId, bool cascade = false) : StampedActuator<VolumeCreate, Volume>(child, book, projectId)
{
    public override Task<Volume?> FindAsync(string childId, CancellationToken cancelled) => Child.Volumes.FindAsync(Scope.Own, childId, cancelled);

    protected override IAsyncEnumerable<Volume> CandidatesAsync(string parentId, CancellationToken cancelled) =>
        Child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, Metadata = (Stamp.Parent, parentId) }, cancelled);

    protected override Task<Volume> MakeAsync(Scope tenant, VolumeCreate wanted, CancellationToken cancelled) => Child.Volumes.CreateAsync(tenant, wanted, cancelled);

    protected override Task RemoveAsync(Volume seen, CancellationToken cancelled) => Child.Volumes.DeleteAsync(Scope.Own, seen.Id, cascade, cancelled);
}
