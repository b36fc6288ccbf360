using Cascade.Contracts.Cinder.Messages;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>messages</c>: what a tenant reads of a failure (cinder/message/api.py: API.create).</summary>
internal sealed class Messages(CinderWork work)
{
    /// <param name="resourceId">what it is about.</param>
    /// <param name="projectId">of the caller's context, as <paramref name="requestId"/>.</param>
    /// <param name="requestId">null for what no request asks for any more.</param>
    public Task<int> InsertAsync(UserMessage message, string resourceId, string? projectId, string? requestId) => work.ExecuteAsync(
        Statements.MessageInsert, ("mid", Guid.NewGuid().ToString("D")), ("project", projectId), ("req", requestId), ("rtype", message.ResourceType), ("ruid", resourceId),
        ("event", message.EventId), ("detail", message.Detail), ("action", message.Action), ("expires", work.Now + UserMessage.TimeToLive));
}
