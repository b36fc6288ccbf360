using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Volumes on their way to another project: <c>/volume-transfers</c> (3.55; before, <c>os-volume-transfer</c> knew no snapshots). An encrypted volume needs
/// 3.70 on the cloud's side. Every method throws <see cref="CloudFault"/> and nothing else but cancellation.
/// </summary>
public sealed class Transfers
{
    private const string All = "/volume-transfers";

    private readonly ServiceClient client;

    internal Transfers(ServiceClient client) => this.client = client;

    /// <summary>
    /// Offers a volume, which is <c>awaiting-transfer</c> then; sent once. The only answer with the key: when it is lost, find the offer, delete it and make
    /// another. Invalid unless the volume, and unless without snapshots every one of them, is <c>available</c>.
    /// </summary>
    /// <param name="scope">Of the project that gives.</param>
    /// <param name="wanted">What is offered.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<Transfer> CreateAsync(Scope scope, TransferCreate wanted, CancellationToken cancelled) =>
        (await client.SendAsync(
            scope,
            Versioned(ApiRequest.Post(All, new TransferCreateBody(wanted), BlockStorageJson.Default.TransferCreateBody)),
            BlockStorageJson.Default.TransferBody,
            cancelled)).Transfer;

    /// <summary>
    /// Takes what is offered; when this is over the volume is the other project's. Sent once: afterwards the offer is gone, and again is NotFound. Invalid
    /// for a wrong key; OverQuota of the project that takes.
    /// </summary>
    /// <param name="scope">Of the project that takes.</param>
    /// <param name="id">The transfer.</param>
    /// <param name="authKey">Its key.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task AcceptAsync(Scope scope, string id, string authKey, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            Versioned(ApiRequest.Post(PathOf(id) + "/accept", new TransferAcceptBody(new(authKey)), BlockStorageJson.Default.TransferAcceptBody)),
            cancelled);

    /// <summary>Offers that nobody took yet, in detail and without keys.</summary>
    public IAsyncEnumerable<Transfer> ListAsync(Scope scope, TransferFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            Versioned(ApiRequest.Get(All + "/detail", filter.ToQuery())),
            BlockStorageJson.Default.TransferPage,
            page => ((IReadOnlyList<Transfer>?)page.Transfers, Paging.Next(page.TransfersLinks)),
            cancelled);

    /// <summary>Takes the offer back: the volume is <c>available</c>. NotFound when it is gone, or was taken.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, Versioned(ApiRequest.Delete(PathOf(id))), cancelled);

    private static ApiRequest Versioned(ApiRequest request) => request with { Floor = new(3, 55), FloorReason = "a transfer with or without snapshots" };

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
