using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What Cinder says to a project of what went wrong after it had answered 202; kept for 30 days (<c>message_ttl</c>).</summary>
public sealed class Messages
{
    private readonly ServiceClient client;

    internal Messages(ServiceClient client) => this.client = client;

    /// <summary>Of one volume, snapshot or backup, newest first (3.5: below there is no filter).</summary>
    public IAsyncEnumerable<Message> ListAsync(Scope scope, string resourceUuid, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get("/messages", new Query().Add("resource_uuid", resourceUuid).ToString()) with
            {
                Floor = new(3, 5), FloorReason = "messages of one resource",
            },
            BlockStorageJson.Default.MessagePage,
            page => ((IReadOnlyList<Message>?)page.Messages, Paging.Next(page.MessagesLinks)),
            cancelled);
}
