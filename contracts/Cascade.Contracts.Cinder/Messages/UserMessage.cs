using System.Text.RegularExpressions;

namespace Cascade.Contracts.Cinder.Messages;

/// <summary>
/// What a tenant is told of a cast that failed (<c>GET /messages</c>): a row of ids, whose texts are the API's (cinder/message/api.py: API.create). The project and
/// the request are the caller's; it lives for <c>[DEFAULT] message_ttl</c>, 30 days.
/// </summary>
/// <param name="Action">A word of <see cref="MessageAction"/>.</param>
/// <param name="Detail">A word of <see cref="MessageDetail"/>.</param>
/// <param name="ResourceType">A word of <see cref="MessageResource"/>.</param>
public sealed partial record UserMessage(string Action, string Detail, string ResourceType = MessageResource.Volume)
{
    /// <summary>The <c>message_level</c> of all of them.</summary>
    public const string Level = "ERROR";

    /// <summary>As long as a message lives unless <c>message_ttl</c> says otherwise.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Another cloud's message by its event id. A number that this parent's release does not know is shown as an unknown action or error (message_field.py: translate_action,
    /// translate_detail).
    /// </summary>
    /// <param name="eventId">For instance <c>VOLUME_VOLUME_007_010</c>.</param>
    /// <returns>Null when it is no event id of such a resource.</returns>
    public static UserMessage? Read(string? eventId, string resourceType) =>
        EventIds().Match(eventId ?? "") is { Success: true } match && match.Groups["resource"].ValueSpan.SequenceEqual(resourceType)
            ? new(match.Groups["action"].Value, match.Groups["detail"].Value, resourceType)
            : null;

    public string EventId => $"VOLUME_{ResourceType}_{Action}_{Detail}";

    /// <summary>The same for a fault whose class has a detail of its own.</summary>
    public UserMessage Because(string? @class) => this with { Detail = MessageDetail.Of(@class, Detail) };

    [GeneratedRegex("^VOLUME_(?<resource>[A-Z_]+)_(?<action>[0-9]{3})_(?<detail>[0-9]{3})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EventIds();
}
