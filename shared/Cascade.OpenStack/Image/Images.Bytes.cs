using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Image;

/// <summary>The bytes of an image.</summary>
public sealed partial class Images
{
    /// <summary>
    /// Sends the bytes of an image in <c>queued</c>. Never repeated: the stream is gone. When it breaks half way Glance puts the image back to
    /// <c>queued</c> (glance/api/v2/image_data.py: upload, _restore); when Glance itself dies half way the image stays in <c>saving</c>
    /// for ever. Conflict when somebody else has sent, or is sending, the bytes. There is no time limit in all, but each piece has to be
    /// taken within the time of an attempt. A fault of the source stream comes through as it is.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The image.</param>
    /// <param name="bytes">Read once from where it stands to its end; not closed.</param>
    /// <param name="length">How many will come, if known; else they are sent in chunks.</param>
    /// <param name="cancelled">Ends the upload.</param>
    public async Task UploadAsync(Scope scope, string id, Stream bytes, long? length, CancellationToken cancelled)
    {
        // A token that is refused now is renewed now; in the middle of a stream it would be too late.
        await GetAsync(scope, id, cancelled);
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, client.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        var request = new ApiRequest(HttpMethod.Put, FileOf(id)) { Streams = true };
        try
        {
            await client.DoAsync(scope, request with { Content = () => new PacedContent(bytes, length, client.Patience, late) }, both.Token);
        }
        catch (OperationCanceledException failed) when (!cancelled.IsCancellationRequested)
        {
            throw client.Broke(failed, request);
        }
    }

    /// <summary>The bytes as they come; dispose of the result to let the connection go. Reading throws <see cref="CloudFault"/>
    /// when the connection breaks, or brings nothing for the time of an attempt. Conflict when there are no bytes yet (Glance answers 204).</summary>
    public async Task<ImageBytes> DownloadAsync(Scope scope, string id, CancellationToken cancelled)
    {
        var request = ApiRequest.Get(FileOf(id)) with { Streams = true };
        var answer = await client.SendAsync(scope, request, cancelled);
        if (answer.StatusCode is System.Net.HttpStatusCode.NoContent)
        {
            answer.Dispose();
            throw new CloudFault(FaultKind.Conflict, $"image {id} has no data") { Service = client.Type, Status = 204 };
        }

        var body = await answer.Content.ReadAsStreamAsync(cancelled);
        return new ImageBytes(answer, new PacedStream(body, client.Patience, client.Time, failed => client.Broke(failed, request)));
    }
}

/// <summary>A download under way.</summary>
public sealed class ImageBytes : IDisposable
{
    private readonly HttpResponseMessage answer;

    internal ImageBytes(HttpResponseMessage answer, Stream stream) => (this.answer, Stream) = (answer, stream);

    /// <summary>To be read asynchronously, once.</summary>
    public Stream Stream { get; }

    /// <summary>Bytes to come, if the cloud says so.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    public void Dispose()
    {
        Stream.Dispose();
        answer.Dispose();
    }
}
