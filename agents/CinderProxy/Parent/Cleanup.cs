using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// What an administrator who asks for a cleanup means by it (cinder/manager.py: CleanableManager.do_cleanup): the API and the scheduler have chosen the service; kind and id narrow
/// further, and what was begun after he asked is none of it.
/// </summary>
/// <param name="Begun">The marks of this service (<c>workers</c>): of the whole request, however it narrows.</param>
internal sealed record Cleanup(string? ResourceType, string? ResourceId, DateTime Until, IReadOnlyList<WorkerRow> Begun)
{
    /// <summary>Null when it is about another service: our host has a second one, of which native cleans nothing.</summary>
    public static Cleanup? Of(CinderCleanupRequest? request, int serviceId, IReadOnlyList<WorkerRow> begun, DateTime now) =>
        request?.ServiceId is { } asked && asked != serviceId ? null : new(request?.ResourceType, request?.ResourceId, request?.Until?.UtcDateTime ?? now, begun);

    public bool IsOf(string resourceType) => ResourceType is null || ResourceType == resourceType;

    /// <summary>
    /// Going on with what the child was asked for harms nobody, whether this service had begun with it or its message is yet to come. A create that never came to its link ends
    /// as an error, so it must be one that this service had begun with, before the request, and that is as it was then.
    /// </summary>
    public bool Covers(string resourceType, Unfinished row)
    {
        if (!IsOf(resourceType) || (ResourceId is not null && ResourceId != row.Id))
        {
            return false;
        }

        var mark = Begun.FirstOrDefault(one => one.ResourceType == resourceType && one.ResourceId == row.Id);
        var isEarlier = mark?.UpdatedAt is not { } since || since <= Until;
        return row.IsBeingMade && row.ChildId is null ? mark is not null && mark.Status == row.Status && isEarlier : isEarlier;
    }
}
