using Cascade.Oslo.Messaging.Rpc;
using Cascade.Contracts.Neutron;

namespace Cascade.NeutronAgent.Notices;

/// <summary>What an agent hears. Register one.</summary>
public interface INoticePage
{
    /// <summary>One queue each, on one connection.</summary>
    IReadOnlyList<NeutronTopic> Heard { get; }

    /// <summary>A new table of methods; their names are unique across the topics.</summary>
    RpcTable Page();
}
