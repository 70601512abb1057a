import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { keepDepartures } from './views/keepDepartures'

const routes: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/projects' },
  {
    path: '/projects',
    children: [
      { path: '', name: 'projects', component: () => import('./views/projects/ProjectsView.vue') },
      { path: 'new', name: 'new-project', component: () => import('./views/import/ImportView.vue') },
      { path: 'open', name: 'open-project', component: () => import('./views/projects/OpenProjectView.vue') },
      { path: 'sample', name: 'sample-project', component: () => import('./views/projects/SampleView.vue') },
    ],
  },
  { path: '/engine', name: 'engine', component: () => import('./views/engine/EngineView.vue') },
  {
    path: '/p/:project',
    component: () => import('./views/ProjectFrame.vue'),
    props: true,
    children: [
      { path: '', redirect: to => ({ name: 'dataset', params: to.params }) },
      { path: 'import', name: 'import', component: () => import('./views/import/ImportView.vue') },
      { path: 'dataset', name: 'dataset', component: () => import('./views/dataset/DatasetView.vue') },
      { path: 'runs/:run(\\d+)?', name: 'runs', component: () => import('./views/runs/RunsView.vue') },
      { path: 'seeds/:image(\\d+)?', name: 'seeds', component: () => import('./views/seeds/SeedsView.vue') },
      { path: 'review/:image(\\d+)?', name: 'review', component: () => import('./views/review/ReviewView.vue') },
      { path: 'export', name: 'export', component: () => import('./views/export/ExportView.vue') },
      { path: 'compare', name: 'compare', component: () => import('./views/compare/CompareView.vue') },
    ],
  },
  { path: '/:rest(.*)*', redirect: '/projects' },
]

/** The URL is the state: a screen reads what it shows from the address and writes what a person chose into it. */
export const router = keepDepartures(createRouter({ history: createWebHistory(), routes: [...routes] }))
