using System.Collections;
using Cascade.Support;

namespace Cascade.Interop;

/// <summary>Every row runs on both: Debian 12 (oslo.messaging 14.0.3, RabbitMQ 3.10) and Debian 13 (16.1, 4.0).</summary>
public sealed class Generations : IEnumerable<Generation>
{
    public IEnumerator<Generation> GetEnumerator()
    {
        yield return Generation.Zed;
        yield return Generation.Epoxy;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
