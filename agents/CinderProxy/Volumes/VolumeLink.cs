using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror;

namespace Cascade.CinderProxy.Volumes;

/// <summary>
/// The child's volume in the parent's own row: <c>provider_id</c>, which administrators see from REST 3.21 on. What the volume is filled from is written with it,
/// because the message that says it is gone after that.
/// </summary>
/// <param name="filled">Writes what is known now and will not be later, in the same transaction: the image it is made of.</param>
internal sealed class VolumeLink(VolumeRow row, CinderDatabase database, VolumeBook book, string? region, Func<CinderWork, Task> filled) : ILink
{
    public string? ChildId => row.ProviderId is { Length: > 0 } id ? id : null;

    public async Task SetAsync(string childId, CancellationToken cancelled)
    {
        await database.InTransactionAsync(
            async work =>
            {
                await work.Volumes.SetChildAsync(row.Id, childId, LocationOf(childId, region));
                await filled(work);
                return true;
            },
            cancelled);
        book.Set(childId, row.Id);
    }

    /// <summary>For an administrator's eyes.</summary>
    public static string LocationOf(string childId, string? region) => $"cascade://{region}/{childId}";
}
