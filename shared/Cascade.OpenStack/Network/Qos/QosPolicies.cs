using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// QoS policies and their rules; only where <see cref="Extension.Qos"/> is. For administrators, but listing. A delete is
/// <see cref="NetworkError.QosPolicyInUse"/> while a port or network has it; a rule that the back end cannot do on a port that has the policy is
/// <see cref="NetworkError.QosRuleNotSupported"/> (409).
/// </summary>
public sealed class QosPolicies : ChangeableCollection<QosPolicy, QosPolicyCreate, QosPolicyUpdate, QosPolicyFilter>
{
    internal QosPolicies(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/qos/policies", "policy", "policies", NetworkJson.Default.QosPolicy), NetworkJson.Default.QosPolicyCreate, NetworkJson.Default.QosPolicyUpdate)
    {
    }

    /// <summary>The rule types that every loaded driver of the cloud can do (services/qos/drivers/manager.py: supported_rule_types).</summary>
    public async Task<IReadOnlyList<string>> RuleTypesAsync(Scope scope, CancellationToken cancelled) =>
        [.. (await Client.SendAsync(
            scope,
            ApiRequest.Get("/qos/rule-types"),
            body => Envelope.ReadAll(body, "rule_types", NetworkJson.Default.RuleTypeName).Items,
            cancelled)).Select(item => item.Type)];

    /// <param name="scope">An administrator's.</param>
    /// <param name="policyId">Of which policy.</param>
    /// <param name="type">One of <see cref="QosRuleType"/>.</param>
    /// <param name="wanted">What its type needs.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task<QosRule> CreateRuleAsync(Scope scope, string policyId, string type, QosRuleRequest wanted, CancellationToken cancelled) =>
        RuleAsync(scope, HttpMethod.Post, RulesOf(policyId, type), type, wanted, cancelled);

    public Task<QosRule> UpdateRuleAsync(Scope scope, string policyId, string type, string ruleId, QosRuleRequest changes, CancellationToken cancelled) =>
        RuleAsync(scope, HttpMethod.Put, RuleOf(policyId, type, ruleId), type, changes, cancelled);

    public Task DeleteRuleAsync(Scope scope, string policyId, string type, string ruleId, CancellationToken cancelled) =>
        Client.DoAsync(scope, ApiRequest.Delete(RuleOf(policyId, type, ruleId)), cancelled);

    private async Task<QosRule> RuleAsync(
        Scope scope, HttpMethod method, string path, string type, QosRuleRequest wanted, CancellationToken cancelled)
    {
        var member = type + "_rule";
        var request = new ApiRequest(method, path)
        {
            Content = () => Envelope.Of(member, wanted, NetworkJson.Default.QosRuleRequest), Idempotent = method == HttpMethod.Put,
        };
        return await Client.SendAsync(scope, request, body => Envelope.Read(body, member, NetworkJson.Default.QosRule), cancelled);
    }

    private string RulesOf(string policyId, string type) => PathOf(policyId, $"{type}_rules");

    private string RuleOf(string policyId, string type, string ruleId) => $"{RulesOf(policyId, type)}/{Uri.EscapeDataString(ruleId)}";
}
