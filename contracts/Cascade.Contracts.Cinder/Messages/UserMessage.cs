namespace Cascade.Contracts.Cinder.Messages;

/// <summary>
/// What a tenant is told of a cast that failed (<c>GET /messages</c>): a row of ids, whose texts are the API's (cinder/message/api.py: API.create). The project and
/// the request are the caller's; it lives for <c>[DEFAULT] message_ttl</c>, 30 days.
/// </summary>
/// <param name="Action">A word of <see cref="MessageAction"/>.</param>
/// <param name="Detail">A word of <see cref="MessageDetail"/>.</param>
/// <param name="ResourceType">A word of <see cref="MessageResource"/>.</param>
public sealed record UserMessage(string Action, string Detail, string ResourceType = MessageResource.Volume)
{
    /// <summary>The <c>message_level</c> of all of them.</summary>
    public const string Level = "ERROR";

    /// <summary>As long as a message lives unless <c>message_ttl</c> says otherwise.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromDays(30);

    public string EventId => $"VOLUME_{ResourceType}_{Action}_{Detail}";

    /// <summary>The same for a fault whose class has a detail of its own.</summary>
    public UserMessage Because(string? @class) => this with { Detail = MessageDetail.Of(@class, Detail) };
}
