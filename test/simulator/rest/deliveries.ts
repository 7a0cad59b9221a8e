/** The log of deliveries over REST. */
import type { OperationName } from '../openapi.ts';
import type { JsonObject, World } from '../state.ts';
import type { Delivery, Webhooks } from '../webhooks.ts';
import { apiUrl } from './account-json.ts';
import { type Route, asApp, notFound, ok, unprocessable } from './request.ts';

const itemJson = (each: Delivery): JsonObject => ({
  id: each.id,
  guid: each.guid,
  delivered_at: each.deliveredAt,
  redelivery: each.redelivery,
  duration: each.duration,
  status: each.status,
  status_code: each.statusCode,
  event: each.event,
  action: each.action,
  installation_id: each.installationId,
  repository_id: each.repositoryId,
  throttled_at: null,
});

export function webhookRoutes(world: World, hooks: Webhooks) {
  const find = (id: string | undefined): Delivery => {
    const found = hooks.deliveries.find(each => String(each.id) === id);
    if (found === undefined) throw notFound();
    return found;
  };
  const config = () => ({
    content_type: 'json',
    insecure_ssl: '0',
    secret: '********',
    url: hooks.url ?? apiUrl(world, '/nowhere'),
  });
  return {
    'GET /app/hook/config': asApp(() => ok(config())),
    'PATCH /app/hook/config': asApp(({ body }) => {
      if (typeof body['url'] === 'string') hooks.url = body['url'];
      if (typeof body['secret'] === 'string') world.app.webhookSecret = body['secret'];
      return ok(config());
    }),
    'GET /app/hook/deliveries': asApp(request => {
      const { query, url } = request;
      const perPage = Math.min(Number(query['per_page'] ?? 30), 100);
      const isFailure = ({ statusCode }: Delivery): boolean => statusCode === 0 || statusCode >= 400;
      const all = hooks.deliveries
        .filter(each => query['status'] === undefined || isFailure(each) === (query['status'] === 'failure'))
        .toReversed();
      const start = query['cursor'] === undefined ? 0 : all.findIndex(({ id }) => `v1_${id}` === query['cursor']);
      if (start < 0) throw unprocessable('Invalid cursor');
      const following = all[start + perPage];
      const next = new URL(url);
      next.searchParams.set('cursor', `v1_${following?.id ?? 0}`);
      return {
        status: 200,
        body: all.slice(start, start + perPage).map(itemJson),
        headers: following === undefined ? {} : { link: `<${next.href}>; rel="next"` },
      };
    }),
    'GET /app/hook/deliveries/{delivery_id}': asApp(({ params }) => {
      const found = find(params['delivery_id']);
      return ok({
        ...itemJson(found),
        url: hooks.url ?? '',
        request: { headers: found.headers, payload: found.payload },
        response: { headers: {}, payload: found.response },
      });
    }),
    'POST /app/hook/deliveries/{delivery_id}/attempts': asApp(({ params }) => {
      void hooks.redeliver(find(params['delivery_id']).id);
      return { status: 202, body: {} };
    }),
  } satisfies Partial<Record<OperationName, Route>>;
}
