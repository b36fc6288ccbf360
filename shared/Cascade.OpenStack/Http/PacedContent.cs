using System.Net;
using System.Net.Http.Headers;

namespace Cascade.OpenStack.Http;

/// <summary>
/// A body on its way out, copied from a stream. The other side has to take each piece in time, and to answer in time after the last; how
/// long the source takes for a piece is the source's own affair.
/// </summary>
internal sealed class PacedContent : HttpContent
{
    private readonly Stream source;
    private readonly long? length;
    private readonly TimeSpan pace;
    private readonly CancellationTokenSource late;

    /// <param name="source">Read from where it stands; not closed.</param>
    /// <param name="length">Bytes to come, if known.</param>
    /// <param name="pace">Longest time for one piece.</param>
    /// <param name="late">Cancelled when the other side is too slow; the request has to be bound to it.</param>
    public PacedContent(Stream source, long? length, TimeSpan pace, CancellationTokenSource late)
    {
        (this.source, this.length, this.pace, this.late) = (source, length, pace, late);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        while (true)
        {
            late.CancelAfter(Timeout.InfiniteTimeSpan);
            var got = await source.ReadAsync(buffer, cancellationToken);
            late.CancelAfter(pace);
            if (got is 0)
            {
                return;
            }

            await stream.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
