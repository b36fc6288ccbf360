using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Volumes;

internal sealed class VolumeBook(CinderDatabase database, Orders orders, VolumeHost host) : LinkBook<VolumeRow>(orders)
{
    public override IAsyncEnumerable<VolumeRow> RowsAsync(CancellationToken cancelled) => database.VolumesOfAsync(host.Service, cancelled);

    public override string? ChildOf(VolumeRow row) => row.ProviderId is { Length: > 0 } childId ? childId : null;
}
