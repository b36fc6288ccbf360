using System.Net.Http.Headers;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Image;

/// <summary>The bytes of an image.</summary>
public sealed partial class Images
{
    /// <summary>
    /// Sends the bytes of an image in <c>queued</c>. Never repeated: the stream is gone. When it fails half way Glance puts the image back to
    /// <c>queued</c> (glance/api/v2/image_data.py: upload, _restore). Conflict when somebody else has sent the bytes.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The image.</param>
    /// <param name="bytes">Read once from where it stands to its end; not closed.</param>
    /// <param name="length">How many will come, if known; else they are sent in chunks.</param>
    /// <param name="cancelled">Ends the upload.</param>
    public async Task UploadAsync(Scope scope, string id, Stream bytes, long? length, CancellationToken cancelled)
    {
        var request = new ApiRequest(HttpMethod.Put, FileOf(id)) { Streams = true, Content = () => Body(bytes, length) };
        await client.DoAsync(scope, request, cancelled);
    }

    /// <summary>The bytes as they come; dispose of the result to let the connection go. Unavailable when there are none yet
    /// (Glance answers 204).</summary>
    public async Task<ImageBytes> DownloadAsync(Scope scope, string id, CancellationToken cancelled)
    {
        var answer = await client.SendAsync(scope, ApiRequest.Get(FileOf(id)) with { Streams = true }, cancelled);
        if (answer.StatusCode is System.Net.HttpStatusCode.NoContent)
        {
            answer.Dispose();
            throw new CloudFault(FaultKind.Conflict, $"image {id} has no data") { Service = client.Type, Status = 204 };
        }

        return new ImageBytes(answer, await answer.Content.ReadAsStreamAsync(cancelled));
    }

    private static StreamContent Body(Stream bytes, long? length)
    {
        var body = new StreamContent(bytes, 128 * 1024);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Headers.ContentLength = length;
        return body;
    }
}

/// <summary>A download under way.</summary>
public sealed class ImageBytes : IDisposable
{
    private readonly HttpResponseMessage answer;

    internal ImageBytes(HttpResponseMessage answer, Stream stream) => (this.answer, Stream) = (answer, stream);

    public Stream Stream { get; }

    /// <summary>Bytes to come, if the cloud says so.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    public void Dispose() => answer.Dispose();
}
