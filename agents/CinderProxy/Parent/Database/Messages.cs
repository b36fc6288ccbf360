namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>messages</c>: what a tenant reads of a failure (cinder/message/api.py: API.create).</summary>
internal sealed class Messages(CinderWork work)
{
    /// <summary>[DEFAULT] message_ttl.</summary>
    static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <param name="id">a new UUID.</param>
    /// <param name="projectId">of the caller's context, as <paramref name="requestId"/>.</param>
    /// <param name="resourceType">VOLUME, VOLUME_SNAPSHOT or VOLUME_BACKUP.</param>
    /// <param name="action">three digits of cinder/message/message_field.py: Action.</param>
    /// <param name="detail">three digits of Detail there.</param>
    public Task InsertAsync(string id, string projectId, string? requestId, string resourceType, string resourceId, string action, string detail) => work.ExecuteAsync(
        Statements.MessageInsert, ("mid", id), ("project", projectId), ("req", requestId), ("rtype", resourceType), ("ruid", resourceId),
        ("event", $"VOLUME_{resourceType}_{action}_{detail}"), ("detail", detail), ("action", action), ("expires", work.Now + Life));
}
