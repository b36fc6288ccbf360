using Cascade.Contracts.Neutron;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NeutronAgent.Server;

/// <summary>The parent's neutron-server, asked by RPC as its agents ask it.</summary>
public interface INeutronServer
{
    /// <summary>
    /// Asks one question. A method that timed out is given twice the time from then on, up to ten times rpc_response_timeout, and the time-out is told only
    /// after a pause of random length, so that a server under load is not asked by all at once (neutron_lib/rpc.py: BackingOffClient).
    /// </summary>
    /// <param name="timeout">This time and no other; null for the time that the method has.</param>
    /// <exception cref="RpcFault">The server refused, in its own words.</exception>
    /// <exception cref="RpcTimeoutException">It did not answer; whether it was done is not known.</exception>
    Task<TReply> AskAsync<TReply>(IPluginCall<TReply> call, CancellationToken cancelled, TimeSpan? timeout = null);
}
