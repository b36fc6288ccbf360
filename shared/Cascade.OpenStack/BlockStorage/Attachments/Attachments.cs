using System.Text.Json.Nodes;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>The attachments API (3.27; <see cref="CompleteAsync"/> 3.44). Every method throws <see cref="CloudFault"/> and nothing else but cancellation.</summary>
public sealed class Attachments
{
    private const string All = "/attachments";

    private static readonly Microversion Since = new(3, 27);
    private static readonly Microversion CompleteSince = new(3, 44);

    private readonly ServiceClient client;

    internal Attachments(ServiceClient client) => this.client = client;

    /// <summary>Reserves the volume for a server, without a connector. Sent once. Invalid (400) when the volume's status does not allow it.</summary>
    public async Task<Attachment> CreateAsync(Scope scope, string volumeId, string instance, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            Versioned(ApiRequest.Post(All, new AttachmentCreateBody(new(volumeId, instance)), BlockStorageJson.Default.AttachmentCreateBody)),
            BlockStorageJson.Default.AttachmentBody,
            cancelled)).Attachment;

    public async Task<Attachment> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, Versioned(ApiRequest.Get(PathOf(id))), BlockStorageJson.Default.AttachmentBody, cancelled)).Attachment;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public Task<Attachment?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, Versioned(ApiRequest.Get(PathOf(id))), BlockStorageJson.Default.AttachmentBody, body => body.Attachment, cancelled);

    /// <summary>In brief: without connection info.</summary>
    public IAsyncEnumerable<Attachment> ListAsync(Scope scope, AttachmentFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            Versioned(ApiRequest.Get(All, filter.ToQuery())),
            BlockStorageJson.Default.AttachmentPage,
            page => ((IReadOnlyList<Attachment>?)page.Attachments, Paging.Next(page.AttachmentsLinks)),
            cancelled);

    /// <summary>
    /// Tells who connects, <c>host</c> above all; answers the connection info of the volume's driver, which is asked before this returns. The refusal of a
    /// driver is HTTP 500 here with its text (cinder/api/v3/attachments.py: update). The same again has the same effect.
    /// </summary>
    public async Task<Attachment> UpdateAsync(Scope scope, string id, JsonObject connector, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            Versioned(ApiRequest.Put(PathOf(id), new AttachmentUpdateBody(new(connector)), BlockStorageJson.Default.AttachmentUpdateBody, idempotent: true)),
            BlockStorageJson.Default.AttachmentBody,
            cancelled)).Attachment;

    /// <summary>The server has it: the volume becomes <c>in-use</c>. May be repeated.</summary>
    public Task CompleteAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Post(PathOf(id) + "/action", new AttachmentAction(new()), BlockStorageJson.Default.AttachmentAction) with
            {
                Idempotent = true, Floor = CompleteSince, FloorReason = "completing an attachment",
            },
            cancelled);

    /// <summary>
    /// Ends it; the driver is asked before this returns. NotFound when it is gone. One with a connection in use by a server is Conflict unless the request
    /// carries a service token (cinder/volume/api.py: attachment_deletion_allowed).
    /// </summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, Versioned(ApiRequest.Delete(PathOf(id))), cancelled);

    private static ApiRequest Versioned(ApiRequest request) => request with { Floor = Since, FloorReason = "attachments" };

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
