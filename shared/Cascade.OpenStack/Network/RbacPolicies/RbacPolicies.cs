using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Who else may use what. The same one again is <see cref="NetworkError.DuplicateRbacPolicy"/>; a delete is
/// <see cref="NetworkError.RbacPolicyInUse"/> while the other project has ports on the network (db/rbac_db_mixin.py, db/db_base_plugin_v2.py:
/// validate_network_rbac_policy_change). Every policy counts against <c>rbac_policy</c>, ten by default.
/// </summary>
public sealed class RbacPolicies : ChangeableCollection<RbacPolicy, RbacPolicyCreate, RbacPolicyUpdate, RbacPolicyFilter>
{
    internal RbacPolicies(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/rbac-policies", "rbac_policy", "rbac_policies", NetworkJson.Default.RbacPolicy), NetworkJson.Default.RbacPolicyCreate, NetworkJson.Default.RbacPolicyUpdate)
    {
    }
}
