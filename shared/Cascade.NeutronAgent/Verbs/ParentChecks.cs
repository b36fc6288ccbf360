using Cascade.Agent;
using Cascade.Contracts.Neutron;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NeutronAgent.Verbs;

/// <summary>What every agent of Neutron asks of the parent in <c>upgrade check</c>: does a neutron-server answer, and is the answer one to work with?</summary>
public static class ParentChecks
{
    /// <param name="call">A read.</param>
    /// <param name="wrong">What is wrong with its answer; null when nothing is.</param>
    public static async Task<UpgradeCheckResult> AskAsync<TReply>(IServiceProvider services, IPluginCall<TReply> call, Func<TReply, string?> wrong, CancellationToken cancelled)
    {
        try
        {
            var reply = await services.GetRequiredService<INeutronServer>().AskAsync(call, cancelled, TimeSpan.FromSeconds(15));
            return wrong(reply) is { } details ? ChildChecks.Failure(details) : ChildChecks.Fine;
        }
        catch (RpcTimeoutException)
        {
            return ChildChecks.Failure("no neutron-server answers on this transport_url: from 2026.1 on it is neutron-rpc-server that has to run");
        }
    }
}
